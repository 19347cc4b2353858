// SPDX-License-Identifier: Apache-2.0
// The first batch of every source is the sample, of sources put one after another too: each may stand in a system of
// its own.
#include "command/position_system.hpp"

#include "locate/municipality_index.hpp"
#include "locate/pair.hpp"
#include "locate/system_choice.hpp"
#include "locate/town_evidence.hpp"
#include "model/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace kokai {
namespace {

/// What is mostly so of a sample: nine of ten, of at least three.
bool mostly(std::size_t part, std::size_t all) {
    return all >= 3 && part * 10 >= all * 9;
}

const ColumnInfo* column_named(const Shape& shape, const std::string& name) {
    const std::size_t at = name.empty() ? Shape::npos : shape.find(name);
    return at == Shape::npos ? nullptr : &shape.columns[at];
}

std::string header_of(const ColumnInfo& column) {
    return column.from.empty() ? column.name : column.from.front().header;
}

/// Whether each source fills the column from one column of its own.
bool is_one_of_each(const ColumnInfo& column) {
    const std::vector<SourceColumn>& from = column.from;
    for (std::size_t i = 1; i < from.size(); ++i) {
        for (std::size_t before = 0; before < i; ++before) {
            if (from[before].source == from[i].source) {
                return false;
            }
        }
    }
    return !from.empty();
}

/// The columns that hold the positions: those of latitude and longitude where a source column fills both, else X and Y.
std::optional<PositionPair> pair_in(const Shape& mapped, const PositionColumns& position) {
    const ColumnInfo* const latitude = column_named(mapped, position.latitude);
    const ColumnInfo* const longitude = column_named(mapped, position.longitude);
    if (latitude != nullptr && longitude != nullptr && is_one_of_each(*latitude) && is_one_of_each(*longitude)) {
        PositionPair pair{latitude->name, longitude->name, AxisNames::latitude_longitude, latitude->name,
                          longitude->name};
        const AxisWord north = axis_word(header_of(*latitude));
        const AxisWord east = axis_word(header_of(*longitude));
        if (north != AxisWord::none && east != AxisWord::none && north != east) {
            pair.names = AxisNames::x_y;
            if (north == AxisWord::y) {
                std::swap(pair.first, pair.second);
            }
        }
        return pair;
    }
    const bool free =
        (latitude == nullptr || latitude->from.empty()) && (longitude == nullptr || longitude->from.empty());
    std::optional<PositionPair> pair = free ? find_plane_columns(mapped) : std::nullopt;
    if (pair && latitude != nullptr && longitude != nullptr) {
        pair->latitude = latitude->name;
        pair->longitude = longitude->name;
    }
    return pair;
}

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

struct Sample {
    struct Origin {
        const Batch* batch;
        std::size_t row;
    };
    std::vector<SystemSample> points;
    std::vector<Origin> origins;  // where they stand
    std::size_t degrees = 0;      // that read as degrees in Japan …
    std::size_t swapped = 0;      // … and with the two columns exchanged
};

/// The columns of the source that hold the positions.
struct PairColumns {
    std::size_t first, second;
    AxisNames names;
};

void add_row(const Batch& batch, std::size_t row, const std::vector<PairColumns>& by_source,
             std::vector<Sample>& samples) {
    if (batch.rows[row].source >= samples.size()) {
        return;
    }
    const PairColumns& columns = by_source[batch.rows[row].source];
    if (columns.first == Shape::npos || columns.second == Shape::npos) {
        return;
    }
    const auto one = coordinate_number(batch.columns[columns.first].cells[row]);
    const auto other = coordinate_number(batch.columns[columns.second].cells[row]);
    if (!one || !other || (*one == 0 && *other == 0)) {
        return;
    }
    Sample& sample = samples[batch.rows[row].source];
    sample.points.push_back({*one, *other, {}});
    sample.origins.push_back({&batch, row});
    const bool north_first = columns.names == AxisNames::latitude_longitude;
    const double latitude = north_first ? *one : *other;
    const double longitude = north_first ? *other : *one;
    sample.degrees += is_japanese_latitude(latitude) && is_japanese_longitude(longitude) ? 1U : 0U;
    sample.swapped += is_japanese_latitude(longitude) && is_japanese_longitude(latitude) ? 1U : 0U;
}

std::vector<Sample> samples_of(const Batches& batches, const Shape& read, const Shape& mapped, const PositionPair& pair,
                               std::size_t sources) {
    std::vector<Sample> samples(sources);
    std::vector<PairColumns> columns;
    for (std::size_t source = 0; source < sources; ++source) {
        columns.push_back({read_column(read, mapped, pair.first, source),
                           read_column(read, mapped, pair.second, source), pair.names});
    }
    for (const Batch* const batch : batches) {
        for (std::size_t row = 0; row < batch->size(); ++row) {
            add_row(*batch, row, columns, samples);
        }
    }
    return samples;
}

/// The sources whose rows have their positions in columns: all of them in a table without shapes.
std::vector<bool> placed_by_columns(const Batches& batches, const Shape& mapped, std::size_t sources) {
    std::vector<bool> placed(sources, !mapped.has_geometry);
    for (const Batch* const batch : batches) {
        if (batch->shapes.empty() && !batch->rows.empty() && batch->rows.front().source < sources) {
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
void name_towns(std::vector<Sample>& samples, const Shape& read, const Shape& mapped, const std::string& municipality) {
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
        Sample& sample = samples[source];
        const std::size_t step = sample_step(sample.points.size());
        for (std::size_t i = 0; i < sample.points.size(); i += step) {
            sample.points[i].town = towns.of(columns, *sample.origins[i].batch, sample.origins[i].row);
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

/// EPSG:4326 and EPSG:6668 are the same here, and so are systems with and without a height.
bool is_same(const CoordinateSystem& a, const CoordinateSystem& b) {
    return a.projection == b.projection && a.datum == b.datum && a.zone == b.zone;
}

std::string words_of(const std::vector<SystemCandidate>& rivals) {
    std::string words;
    for (const SystemCandidate& one : rivals) {
        words += (words.empty() ? "" : " / ") + words_ja(one);
    }
    return words;
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

/// What is decided about one source.
class Decision {
public:
    Decision(const PositionPair& pair, std::string headers, std::uint16_t source, Findings& findings)
        : pair_(pair), headers_(std::move(headers)), where_{0, 0, 0, source, nullptr}, findings_(findings) {}

    std::optional<SystemCandidate> decide(const Sample& sample, const std::optional<CoordinateSystem>& declared,
                                          const SystemVerdict& verdict) {
        const CoordinateSystem world = degrees_in(Datum::jgd2011);
        const bool by_name = pair_.names == AxisNames::latitude_longitude;
        const std::size_t all = sample.points.size();
        if (declared && declared->projection != Projection::degrees && by_name && mostly(sample.degrees, all)) {
            findings_.add(Code::crs_doubtful, where_, code_text(*declared), words_ja({world}));
            return std::nullopt;
        }
        switch (verdict.kind) {
        case SystemVerdict::Kind::take:
            return taken(verdict);
        case SystemVerdict::Kind::doubt:
            return doubted(*declared, verdict);
        case SystemVerdict::Kind::ask:
            if (!verdict.rivals.empty()) {
                findings_.add(Code::crs_undecided, where_, words_of(verdict.rivals));
                return std::nullopt;
            }
            break;
        case SystemVerdict::Kind::as_expected:
            break;
        }
        if (declared && (declared->projection != Projection::degrees || declared->datum != Datum::jgd2011)) {
            return SystemCandidate{*declared};
        }
        if (mostly(sample.swapped, all) && by_name) {
            findings_.add(Code::axes_swapped, where_, headers_);
            return SystemCandidate{world, NumberForm::plain, 1, true};
        }
        // X and Y that are longitude and latitude, and go into columns of their own.
        const bool elsewhere = pair_.latitude != pair_.first && pair_.latitude != pair_.second;
        if (!by_name && elsewhere && (declared || mostly(sample.degrees, all) || mostly(sample.swapped, all))) {
            return SystemCandidate{world, NumberForm::plain, 1, mostly(sample.swapped, all)};
        }
        if (!by_name && elsewhere && are_metres(sample)) {
            findings_.add(Code::crs_undecided, where_, "平面直角座標系（第1系〜第19系。EPSG:6669〜6687 など）");
        }
        return std::nullopt;
    }

private:
    /// Numbers as large as metres of a plane system: columns called X and Y could be anything else.
    static bool are_metres(const Sample& sample) {
        constexpr double least = 1000;
        constexpr double most = 1e7;
        const auto large = static_cast<std::size_t>(
            std::count_if(sample.points.begin(), sample.points.end(), [](const SystemSample& one) {
                const double larger = std::max(std::abs(one.first), std::abs(one.second));
                return larger >= least && larger < most;
            }));
        return large > 0 && large * 10 >= sample.points.size() * 9;
    }

    std::optional<SystemCandidate> taken(const SystemVerdict& verdict) {
        const SystemCandidate& best = verdict.best;
        const bool world = best.system.projection == Projection::degrees && best.system.datum == Datum::jgd2011;
        if (world && best.form == NumberForm::packed_seconds && !best.swapped &&
            pair_.names == AxisNames::latitude_longitude) {
            return std::nullopt;  // the normaliser of coordinates reads that
        }
        if (!world || best.form != NumberForm::plain) {
            findings_.add(Code::crs_guessed, where_, words_ja(best), verdict.evidence_ja);
        }
        if (best.swapped) {
            findings_.add(Code::axes_swapped, where_, headers_);
        }
        return best;
    }

    std::optional<SystemCandidate> doubted(const CoordinateSystem& declared, const SystemVerdict& verdict) {
        const SystemCandidate& best = verdict.best;
        if (is_same(best.system, declared) && best.form == NumberForm::plain && best.swapped) {
            findings_.add(Code::axes_swapped, where_, headers_);
            return best;
        }
        findings_.add(Code::crs_doubtful, where_, code_text(declared),
                      fmt::format("{}（{}）", words_ja(best), verdict.evidence_ja));
        const bool world = declared.projection == Projection::degrees && declared.datum == Datum::jgd2011;
        return world ? std::nullopt : std::optional(SystemCandidate{declared});
    }

    const PositionPair& pair_;
    std::string headers_;
    Place where_;
    Findings& findings_;
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
    if (municipality.empty()) {
        return nullptr;
    }
    return [municipality, grids](const CrsQuestion& question) {
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

std::unique_ptr<ConvertPositions> positions_to_convert(const TableJob& job, const Shape& read, const Shape& mapped,
                                                       const SampledSource& sampled, const PositionColumns& position,
                                                       const std::string& municipality, const SchemaLibrary& schemas,
                                                       Findings& findings) {
    const std::vector<bool> placed = placed_by_columns(sampled.samples(), mapped, job.sources.size());
    const bool any_placed = std::find(placed.begin(), placed.end(), true) != placed.end();
    const std::optional<PositionPair> pair = any_placed ? pair_in(mapped, position) : std::nullopt;
    if (!pair) {
        return nullptr;
    }
    std::vector<Sample> samples = samples_of(sampled.samples(), read, mapped, *pair, job.sources.size());
    name_towns(samples, read, mapped, municipality);
    const std::string headers =
        header_of(*column_named(mapped, pair->first)) + ", " + header_of(*column_named(mapped, pair->second));
    std::vector<std::optional<SystemCandidate>> by_source(job.sources.size());
    std::vector<UsualRange> usual(job.sources.size());
    std::optional<SystemEvidence> evidence;
    bool any = false;
    for (std::size_t source = 0; source < job.sources.size(); ++source) {
        if (!placed[source]) {
            continue;  // its `crs` is that of the shapes
        }
        const auto declared = declared_by(job, source);
        if (!evidence && !samples[source].points.empty()) {
            evidence = evidence_of(municipality);
        }
        const SystemVerdict verdict =
            samples[source].points.empty()
                ? SystemVerdict{}
                : choose_system(samples[source].points, pair->names, declared, *evidence, schemas.grids());
        Decision decision(*pair, headers, static_cast<std::uint16_t>(source), findings);
        by_source[source] = decision.decide(samples[source], declared, verdict);
        if (by_source[source]) {
            usual[source] = usual_range(*by_source[source], pair->names, samples[source].points);
            any = true;
        }
    }
    return any ? std::make_unique<ConvertPositions>(*pair, std::move(by_source), schemas.grids(),
                                                    evidence ? *evidence : evidence_of(municipality), std::move(usual))
               : nullptr;
}

}  // namespace kokai
