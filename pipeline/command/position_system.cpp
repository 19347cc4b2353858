// SPDX-License-Identifier: Apache-2.0
// The first batch of every source is the sample, of sources put one after another too: each may stand in a system of
// its own.
#include "command/position_system.hpp"

#include "command/position_pairs.hpp"
#include "command/system_decision.hpp"
#include "locate/municipality_index.hpp"
#include "locate/pair.hpp"
#include "locate/system_choice.hpp"
#include "locate/town_evidence.hpp"
#include "model/error.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace kokai {
namespace {

/// The column that was read and became `name`; of several the one of `source`, if it has one (a joined row has columns
/// of others).
std::size_t read_column(const Shape& read, const Shape& mapped, const std::string& name, std::size_t source) {
    const ColumnInfo& wanted = mapped.columns[mapped.find(name)];
    std::size_t found = Shape::npos;
    for (std::size_t i = 0; i < read.columns.size(); ++i) {
        for (const SourceColumn& one : read.columns[i].from) {
            const bool same = std::any_of(wanted.from.begin(), wanted.from.end(), [&](const SourceColumn& other) {
                return other.source == one.source && other.number == one.number && other.header == one.header;
            });
            if (same && one.source == source) {
                return i;
            }
            found = same && found == Shape::npos ? i : found;
        }
    }
    return found;
}

using Batches = std::vector<const Batch*>;

/// The columns of the source that hold the positions.
struct PairColumns {
    std::size_t first, second;
    AxisNames names;
    std::size_t latitude = Shape::npos, longitude = Shape::npos;  // that they fill
    const PositionCellColumn* cell = nullptr;                     // both are this one
};

struct TwoNumbers {
    std::optional<double> first, second;
};

TwoNumbers numbers_of(const Batch& batch, std::size_t row, const PairColumns& columns) {
    const Cell first = batch.columns[columns.first].cells[row];
    if (columns.cell != nullptr) {
        const auto both = split_position_cell(first, *columns.cell);
        return both ? TwoNumbers{coordinate_number(both->first), coordinate_number(both->second)} : TwoNumbers{};
    }
    return {coordinate_number(first), coordinate_number(batch.columns[columns.second].cells[row])};
}

/// The position that a row has beside the columns of a filler.
std::optional<LonLat> own_position(const Batch& batch, std::size_t row, const PairColumns& columns) {
    if (columns.latitude == Shape::npos || columns.longitude == Shape::npos) {
        return std::nullopt;
    }
    const auto north = coordinate_number(batch.columns[columns.latitude].cells[row]);
    const auto east = coordinate_number(batch.columns[columns.longitude].cells[row]);
    const bool there = north && east && is_japanese_latitude(*north) && is_japanese_longitude(*east);
    return there ? std::optional(LonLat{*east, *north}) : std::nullopt;
}

/// The point that the source itself has for the row: the best of evidence for what its columns say.
std::optional<LonLat> shape_position(const Batch& batch, std::size_t row) {
    if (batch.shapes.empty() || batch.shapes.kind(row) == GeometryKind::none) {
        return std::nullopt;
    }
    const Geometries& shapes = batch.shapes;
    const std::span<const double> xy = shapes.ring(shapes.ring_begin(shapes.part_begin(row)));
    return LonLat{xy[0], xy[1]};
}

void add_row(const Batch& batch, std::size_t row, const std::vector<PairColumns>& by_source,
             std::vector<PositionSample>& samples) {
    if (batch.rows[row].source >= samples.size()) {
        return;
    }
    const PairColumns& columns = by_source[batch.rows[row].source];
    if (columns.first == Shape::npos || columns.second == Shape::npos) {
        return;
    }
    const auto [one, other] = numbers_of(batch, row, columns);
    if (!one || !other || (*one == 0 && *other == 0)) {
        return;
    }
    PositionSample& sample = samples[batch.rows[row].source];
    std::optional<LonLat> own = shape_position(batch, row);
    if (!own) {
        own = own_position(batch, row, columns);
        ++(own ? sample.placed : sample.unplaced);
    }
    sample.points.push_back({*one, *other, own});
    sample.origins.push_back({&batch, row});
    const bool north_first = columns.names == AxisNames::latitude_longitude;
    const double latitude = north_first ? *one : *other;
    const double longitude = north_first ? *other : *one;
    const auto read_so = [&](NumberForm form, bool swapped) {
        const SystemCandidate degrees{degrees_in(Datum::jgd2011), form, 1, swapped};
        double x = 0;
        double y = 0;
        return degrees.decode(AxisNames::latitude_longitude, latitude, longitude, x, y) && is_japanese_longitude(x) &&
               is_japanese_latitude(y);
    };
    const auto read_in = [&](bool swapped) {
        return read_so(NumberForm::plain, swapped) || read_so(NumberForm::packed_seconds, swapped);
    };
    sample.degrees += read_in(false) ? 1U : 0U;
    sample.swapped += read_in(true) ? 1U : 0U;
}

std::vector<PositionSample> samples_of(const Batches& batches, const Shape& read, const Shape& mapped,
                                       const PositionPair& pair, const std::optional<PositionCellUse>& cell,
                                       std::size_t sources) {
    std::vector<PositionSample> samples(sources);
    std::vector<PairColumns> columns;
    for (std::size_t source = 0; source < sources; ++source) {
        columns.push_back({read_column(read, mapped, pair.first, source),
                           read_column(read, mapped, pair.second, source), pair.names});
        if (pair.fills && mapped.find(pair.latitude) != Shape::npos && mapped.find(pair.longitude) != Shape::npos) {
            columns.back().latitude = read_column(read, mapped, pair.latitude, source);
            columns.back().longitude = read_column(read, mapped, pair.longitude, source);
        }
        if (cell && columns.back().first == columns.back().second) {
            columns.back().cell = &cell->column;
        }
    }
    for (const Batch* const batch : batches) {
        for (std::size_t row = 0; row < batch->size(); ++row) {
            add_row(*batch, row, columns, samples);
        }
    }
    return samples;
}

/// The sources with rows that have their positions in columns: all of them in a table without shapes.
std::vector<bool> placed_by_columns(const Batches& batches, const Shape& mapped, std::size_t sources) {
    std::vector<bool> placed(sources, !mapped.has_geometry);
    for (const Batch* const batch : batches) {
        if (leaves_rows_to_columns(*batch) && batch->rows.front().source < sources) {
            placed[batch->rows.front().source] = true;
        }
    }
    return placed;
}

/// A column of the source with the address of the place itself: 設置場所住所, but not the 法人住所 of whoever runs it.
std::size_t column_of_address(const Shape& read) {
    constexpr std::array<std::string_view, 8> of_others{"管理", "法人", "設置者", "運営",
                                                        "所有", "連絡", "事業",   "申請"};
    for (std::size_t i = 0; i < read.columns.size(); ++i) {
        const std::string_view header = read.columns[i].name;
        const bool others = std::any_of(of_others.begin(), of_others.end(), [&](std::string_view one) {
            return header.find(one) != std::string_view::npos;
        });
        if (!others && (header.ends_with("住所") || header.ends_with("所在地"))) {
            return i;
        }
    }
    return Shape::npos;
}

/// Gives the points that will be looked at the towns of their addresses.
void name_towns(std::vector<PositionSample>& samples, const Shape& read, const Shape& mapped,
                const std::string& municipality) {
    const AddressColumns all = AddressColumns::of_any(mapped);
    TownEvidence towns(municipality);
    for (std::size_t source = 0; source < samples.size(); ++source) {
        AddressColumns columns = all;
        const auto to_read = [&](std::size_t& column) {
            column = column == Shape::npos ? column : read_column(read, mapped, mapped.columns[column].name, source);
        };
        to_read(columns.whole);
        to_read(columns.own_code);
        std::for_each(columns.part.begin(), columns.part.end(), to_read);
        if (columns.whole == Shape::npos && columns.part[AddressColumns::town] == Shape::npos) {
            columns.whole = column_of_address(read);
        }
        if (columns.whole == Shape::npos && columns.part[AddressColumns::town] == Shape::npos) {
            continue;
        }
        PositionSample& sample = samples[source];
        const std::size_t step = sample_step(sample.points.size());
        for (std::size_t i = 0; i < sample.points.size(); i += step) {
            if (!sample.points[i].town) {
                sample.points[i].town = towns.of(columns, *sample.origins[i].batch, sample.origins[i].row);
            }
        }
    }
}

std::optional<CoordinateSystem> declared_by(const TableJob& job, std::size_t source) {
    const SourceRequest& request = job.sources[source];
    if (request.crs.empty()) {
        return std::nullopt;
    }
    if (job.dataset_file.empty() || coordinate_system(request.crs)) {
        return named_system(request.crs);
    }
    throw LayoutError({{job.dataset_file, "/sources", "座標系「" + request.crs + "」は使えません（例: EPSG:6677）",
                        "the coordinate system \"" + request.crs + "\" cannot be used (like EPSG:6677)"}});
}

/// Metres that are declared are those of X and Y, where there are such columns beside the degrees; of two alike, those
/// that the other fills.
bool is_meant(const PositionPair& pair, const PositionPair& other, const CoordinateSystem& declared) {
    const AxisNames unlike =
        declared.projection == Projection::degrees ? AxisNames::x_y : AxisNames::latitude_longitude;
    const bool this_may = pair.names != unlike;
    const bool other_may = other.names != unlike;
    return this_may == other_may ? !pair.fills : this_may;
}

/// Where the rows of a source in metres lie.
UsualRange usual_range(const SystemCandidate& candidate, AxisNames names, const std::vector<SystemSample>& points) {
    std::vector<double> east;
    std::vector<double> north;
    double x = 0;
    double y = 0;
    for (const SystemSample& one : points) {
        if (candidate.system.projection != Projection::degrees &&
            candidate.decode(names, one.first, one.second, x, y)) {
            east.push_back(x);
            north.push_back(y);
        }
    }
    return {std::move(east), std::move(north)};
}

/// The systems of the columns of one table, source by source.
class TableSystems {
public:
    TableSystems(const TableJob& job, const Shape& read, const Shape& mapped, const SampledSource& sampled,
                 const std::optional<PositionCellUse>& cell, const std::string& municipality,
                 const SchemaLibrary& schemas, Findings& findings)
        : job_(job), read_(read), mapped_(mapped), batches_(sampled.samples()), cell_(cell),
          municipality_(municipality), schemas_(schemas), findings_(findings),
          placed_(placed_by_columns(batches_, mapped, job.sources.size())), shaped_(job.sources.size()) {
        for (const Batch* const batch : batches_) {
            if (!batch->shapes.empty() && !batch->rows.empty() && batch->rows.front().source < shaped_.size()) {
                shaped_[batch->rows.front().source] = true;
            }
        }
        for (std::size_t source = 0; source < job.sources.size(); ++source) {
            // The `crs` of a source with shapes is that of the shapes.
            declared_.push_back(placed_[source] && !shaped_[source] ? declared_by(job, source) : std::nullopt);
        }
    }

    [[nodiscard]] bool any_placed() const { return std::find(placed_.begin(), placed_.end(), true) != placed_.end(); }

    [[nodiscard]] Declared declared() const {
        Declared what = Declared::nothing;
        for (const auto& one : declared_) {
            if (one && what != Declared::metres) {
                what = one->projection == Projection::degrees ? Declared::degrees : Declared::metres;
            }
        }
        return what;
    }

    /// A system is declared for positions that no column holds.
    void tell_no_columns() {
        for (std::size_t source = 0; source < declared_.size(); ++source) {
            if (declared_[source]) {
                findings_.add(Code::column_missing, {0, 0, 0, static_cast<std::uint16_t>(source), nullptr},
                              declared_[source]->projection == Projection::degrees ? "緯度, 経度" : "X座標, Y座標",
                              words_ja({*declared_[source]}));
            }
        }
    }

    /// `other`: the filler of this pair, or the pair that this one fills.
    std::unique_ptr<ConvertPositions> convert(const PositionPair& pair, const std::optional<PositionPair>& other) {
        const auto samples_for = [&](const PositionPair& one) {
            return samples_of(batches_, read_, mapped_, one, cell_, job_.sources.size());
        };
        std::vector<PositionSample> samples = samples_for(pair);
        const std::vector<PositionSample> beside = other ? samples_for(*other) : std::vector<PositionSample>{};
        name_towns(samples, read_, mapped_, municipality_);
        std::vector<std::optional<SystemCandidate>> by_source(job_.sources.size());
        std::vector<UsualRange> usual(job_.sources.size());
        bool any = false;
        for (std::size_t source = 0; source < by_source.size(); ++source) {
            std::optional<CoordinateSystem> declared = declared_[source];
            const bool alone = !other || (beside[source].points.empty() && !samples[source].points.empty());
            if (declared && !alone && !is_meant(pair, *other, *declared)) {
                declared.reset();
            }
            const bool needed = (!pair.fills && !shaped_[source]) || samples[source].unplaced > 0 || declared;
            if (placed_[source] && needed) {
                by_source[source] = decide(pair, source, samples[source], declared);
            }
            if (by_source[source]) {
                usual[source] = usual_range(*by_source[source], pair.names, samples[source].points);
                any = true;
            }
        }
        return any ? std::make_unique<ConvertPositions>(pair, std::move(by_source), schemas_.grids(),
                                                        evidence_ ? *evidence_ : evidence_of(municipality_),
                                                        std::move(usual))
                   : nullptr;
    }

private:
    std::optional<SystemCandidate> decide(const PositionPair& pair, std::size_t source, const PositionSample& sample,
                                          const std::optional<CoordinateSystem>& declared) {
        if (!evidence_ && !sample.points.empty()) {
            evidence_ = evidence_of(municipality_);
        }
        const PositionHeader says = said_of(pair, mapped_, source);
        const SystemVerdict verdict =
            sample.points.empty() ? SystemVerdict{}
                                  : choose_system(sample.points, pair.names, declared ? declared : says.system(),
                                                  *evidence_, schemas_.grids());
        SystemDecision decision(pair, headers_of(pair, mapped_), says, static_cast<std::uint16_t>(source), findings_);
        return decision.decide(sample, declared, verdict);
    }

    const TableJob& job_;
    const Shape& read_;
    const Shape& mapped_;
    const Batches batches_;
    const std::optional<PositionCellUse>& cell_;
    const std::string& municipality_;
    const SchemaLibrary& schemas_;
    Findings& findings_;
    std::vector<bool> placed_;
    std::vector<bool> shaped_;  // the sources with shapes
    std::vector<std::optional<CoordinateSystem>> declared_;
    std::optional<SystemEvidence> evidence_;
};

}  // namespace

SystemEvidence evidence_of(const std::string& municipality) {
    SystemEvidence evidence;
    if (municipality.empty()) {
        return evidence;
    }
    const MunicipalityIndex& index = MunicipalityIndex::shared();
    if (const auto place = index.find(municipality)) {
        evidence.tolerance = place->tolerance();
        evidence.outside = [&index, place = *place](LonLat point, double reach) {
            return index.distance(place, point, reach);
        };
    }
    return evidence;
}

CrsAdviser crs_adviser(const std::string& municipality, const std::filesystem::path& grids) {
    return [municipality, grids](const CrsQuestion& question) {
        if (municipality.empty() && question.addresses.empty()) {
            CrsAdvice nothing_known;
            nothing_known.inside = 1;
            return nothing_known;
        }
        const SystemEvidence evidence = evidence_of(municipality);
        std::vector<SystemSample> sample;
        for (std::size_t i = 0; i + 1 < question.xy.size(); i += 2) {
            sample.push_back({question.xy[i], question.xy[i + 1], {}});
        }
        if (question.addresses.size() == sample.size()) {
            TownEvidence towns(municipality);
            for (std::size_t i = 0; i < sample.size(); i += sample_step(sample.size())) {
                sample[i].town = towns.of(question.addresses[i]);
            }
        }
        const auto system = coordinate_system(question.declared);
        const SystemVerdict verdict = choose_system(sample, AxisNames::east_north, system, evidence, grids);
        CrsAdvice advice;
        advice.crs = code_text(verdict.best.system);
        advice.factor = verdict.best.factor;
        advice.swapped = verdict.best.swapped;
        advice.inside = verdict.inside_declared;
        advice.words = words_ja(verdict.best);
        advice.evidence = verdict.evidence_ja;
        const bool only_swapped = verdict.best.swapped && verdict.best.form == NumberForm::plain;
        switch (verdict.kind) {
        case SystemVerdict::Kind::as_expected:
            // Degrees with the latitude first lie in Japan only when they are exchanged.
            advice.kind = verdict.best.swapped ? CrsAdvice::Kind::swap : CrsAdvice::Kind::as_it_is;
            break;
        case SystemVerdict::Kind::take:
            advice.kind = CrsAdvice::Kind::take;
            break;
        case SystemVerdict::Kind::doubt:
            advice.kind = only_swapped && system && is_same(verdict.best.system, *system) ? CrsAdvice::Kind::swap
                                                                                          : CrsAdvice::Kind::doubt;
            break;
        case SystemVerdict::Kind::ask:
            advice.kind = verdict.rivals.empty() ? CrsAdvice::Kind::as_it_is : CrsAdvice::Kind::ask;
            advice.words = words_of(verdict.rivals);
            break;
        }
        return advice;
    };
}

std::vector<std::unique_ptr<ConvertPositions>>
positions_to_convert(const TableJob& job, const Shape& read, const Shape& mapped, const SampledSource& sampled,
                     const std::optional<PositionCellUse>& cell, PositionColumns& position,
                     const std::string& municipality, const SchemaLibrary& schemas, Findings& findings) {
    std::vector<std::unique_ptr<ConvertPositions>> steps;
    TableSystems systems(job, read, mapped, sampled, cell, municipality, schemas, findings);
    if (!systems.any_placed()) {
        return steps;
    }
    const PositionPairs pairs = pairs_in(mapped, position, systems.declared(), cell);
    if (!pairs.main) {
        const std::size_t latitude = mapped.find(position.latitude);
        const bool filled = latitude != Shape::npos && !mapped.columns[latitude].from.empty();
        if (!filled) {
            systems.tell_no_columns();
        }
        return steps;
    }
    if (auto step = systems.convert(*pairs.main, pairs.filler)) {
        position = {pairs.main->latitude, pairs.main->longitude};
        steps.push_back(std::move(step));
    }
    // After the degrees are in JGD2011: what is filled in must not be shifted with them.
    if (auto step = pairs.filler ? systems.convert(*pairs.filler, pairs.main) : nullptr) {
        position = {pairs.filler->latitude, pairs.filler->longitude};
        steps.push_back(std::move(step));
    }
    return steps;
}

}  // namespace kokai
