// SPDX-License-Identifier: Apache-2.0
#include "command/assemble.hpp"

#include "command/outputs.hpp"
#include "command/position_system.hpp"
#include "locate/fill_address.hpp"
#include "locate/guard.hpp"
#include "locate/mesh.hpp"
#include "locate/place_code.hpp"
#include "locate/points.hpp"
#include "locate/position_cell.hpp"
#include "locate/town_guard.hpp"
#include "locate/town_points.hpp"
#include "map/condition.hpp"
#include "map/drift.hpp"
#include "map/links.hpp"
#include "map/readings.hpp"
#include "map/sampled_source.hpp"
#include "map/tables.hpp"
#include "map/transposed.hpp"
#include "normalise/availability.hpp"
#include "normalise/column.hpp"
#include "normalise/poi_proposal.hpp"
#include "read/gis_names.hpp"
#include "validate/fields.hpp"
#include "validate/filled.hpp"
#include "validate/formula_like.hpp"
#include "validate/municipality.hpp"
#include "validate/place_duplicates.hpp"
#include "validate/private/gate.hpp"
#include "validate/private/mask.hpp"
#include "validate/rare_characters.hpp"
#include "validate/rules.hpp"
#include "validate/shared_positions.hpp"
#include "validate/totals.hpp"
#include "validate/unique.hpp"
#include "write/form.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace kokai {
namespace {

/// Whether the table is made of sources in memory, so that its rows are not theirs.
bool is_held(const TableJob& job) {
    return job.table.shape == TableShape::cross || (job.sources.size() > 1 && !job.table.join_on.empty()) ||
           std::any_of(job.sources.begin(), job.sources.end(),
                       [](const SourceRequest& one) { return one.pin.transpose; });
}

/// A dataset.json that speaks of P29_004 gets it under that name.
bool mentions_generic_names(const TableJob& job) {
    const auto any = [](const std::vector<std::string>& names) {
        return std::any_of(names.begin(), names.end(), is_generic_name);
    };
    const auto tests = [](const std::vector<Condition>& conditions) {
        return std::any_of(conditions.begin(), conditions.end(),
                           [](const Condition& one) { return is_generic_name(one.column); });
    };
    return any(job.headers) || any(job.table.drop) || any(job.table.join_on) || tests(job.table.where) ||
           tests(job.table.total_rows) ||
           std::any_of(job.table.columns.begin(), job.table.columns.end(),
                       [&](const ColumnSpec& one) { return any(one.from); });
}

/// The sources of a table brought together: each examined by its own checks, unpivoted where it is a cross table, then
/// joined or put one after another.
std::unique_ptr<Source> gather(const TableJob& job, const SchemaLibrary& schemas, std::deque<PrivacyGate>& gates) {
    std::vector<std::unique_ptr<Source>> parts;
    const bool held = is_held(job);
    // A table that says which rows are totals, or computes them, gets all of them.
    const bool says_totals = !job.table.total_rows.empty() || !job.table.checks.empty() || !job.table.where.empty() ||
                             job.table.shape == TableShape::cross;
    const bool by_generic_names = job.table.schema == "none" || mentions_generic_names(job);
    for (SourceRequest request : job.sources) {
        request.totals = says_totals ? Totals::keep : Totals::leave_out;
        PrivacyGate& gate = held ? gates.emplace_back() : gates.front();
        request.watch = &gate;
        request.grids = schemas.grids();
        if (!by_generic_names) {
            request.names = schemas.generic_names();
        }
        request.advise = crs_adviser(job.publisher.code, schemas.grids());
        std::unique_ptr<Source> part = make_source(request);
        if (request.pin.transpose) {
            part = std::make_unique<TransposedSource>(std::move(part));
        }
        std::vector<std::unique_ptr<Check>> checks;
        for (const TotalRule& rule : job.table.checks) {
            if (!rule.from.empty() && rule.from == request.name) {
                TotalRule own = rule;
                if (own.where.empty() && own.rule != TotalRule::Rule::row_sum && own.rule != TotalRule::Rule::share) {
                    own.where = job.table.total_rows;
                }
                checks.push_back(std::make_unique<CheckTotals>(std::move(own)));
            }
        }
        if (held) {
            checks.push_back(gate.tell_source());
        }
        if (!checks.empty()) {
            part = std::make_unique<ExaminedSource>(std::move(part), std::move(checks));
        }
        for (const CrossSpec& cross : job.table.cross) {
            if (job.table.shape == TableShape::cross &&
                (cross.from == request.name || (cross.from.empty() && job.sources.size() == 1))) {
                part = std::make_unique<CrossSource>(std::move(part), cross, job.table.total_rows);
            }
        }
        parts.push_back(std::move(part));
    }
    if (parts.size() == 1) {
        return std::move(parts.front());
    }
    if (!job.table.join_on.empty()) {
        std::vector<std::unique_ptr<Source>> right(std::make_move_iterator(parts.begin() + 1),
                                                   std::make_move_iterator(parts.end()));
        return std::make_unique<JoinedSource>(std::move(parts.front()), std::move(right), job.table.join_on);
    }
    return std::make_unique<ConcatenatedSource>(std::move(parts));
}

/// <6-digit code>_<english name>[_YYYYMMDD]
std::string stem_of(const TableJob& job, const Schema* schema) {
    if (schema == nullptr && !job.plain_stem.empty()) {
        return job.plain_stem;
    }
    std::string name = !job.table.file.empty() ? job.table.file
                       : schema != nullptr     ? schema->file_name
                                               : job.table.name;
    constexpr std::string_view dated = "_yyyymmdd";
    if (name.ends_with(dated)) {
        name.erase(name.size() - dated.size());
        std::string day = job.modified;
        std::erase(day, '-');
        name += day.empty() ? "" : "_" + day;
    }
    return job.publisher.code.empty() ? name : job.publisher.code + "_" + name;
}

}  // namespace

const std::vector<StageEntry>& stage_list() {
    static const std::vector<StageEntry> stages{
        {"read", "csv", "CSV・TSV を読む（UTF-8、UTF-16、CP932 など。文字コードはファイル全体で判定）",
         "CSV and TSV, the encoding decided on the whole file"},
        {"read", "xlsx", "Excel（.xlsx .xlsm）を読む。ふりがなは値に混ぜない",
         "Excel workbooks; furigana never becomes part of a value"},
        {"read", "xls", "古い Excel（.xls）を読む。隠れた行・列は公開しない", "old Excel workbooks (Excel 5 to 2003)"},
        {"read", "ods", "OpenDocument（.ods）を読む", "OpenDocument spreadsheets"},
        {"read", "zip", "表か GIS のデータが一つだけ入った ZIP を読む", "a ZIP with one table or one GIS layer in it"},
        {"read", "gis",
         "GIS のデータ（GeoJSON、Shapefile、GeoPackage、KML、GML、MapInfo、DXF、PostGIS "
         "など）を読み、経度・緯度（JGD2011）にする",
         "every GIS format and PostGIS, to longitude and latitude; shapes looked at"},
        {"map", "concatenated", "複数の元データを一つの表に続ける", "several sources one after another"},
        {"map", "joined", "キーの列で別の表を結び付ける", "columns of another source joined by key"},
        {"map", "cross", "クロス集計表を縦持ちにする", "a cross table as rows"},
        {"map", "transposed", "行と列を入れ替える。値は元のセルを覚えている", "rows and columns exchanged"},
        {"map", "where", "条件に合う行だけを残し、合計行を分ける", "rows by condition; total rows apart"},
        {"map", "editions", "推奨データセット（v1）と自治体標準オープンデータセット（v2）の項目を移し合う",
         "from one edition of the standard to the other"},
        {"map", "columns", "元の列を標準の項目に割り当てる", "source columns to the standard's fields"},
        {"map", "links", "URL の列に、Excel のリンク先を入れる", "targets of hyperlinks where a URL is wanted"},
        {"map", "readings", "Excel のふりがなから読み（…_カナ）を補う", "readings proposed from furigana"},
        {"normalise", "availability", "時間と曜日の書き方から、時刻の列に書けないことを特記事項に移す",
         "opening hours and days over their fields, the rest to the remarks"},
        {"normalise", "poi-proposal", "名称から POIコードの案を出す（入れない）",
         "POI codes proposed from names, not filled in"},
        {"normalise", "column", "日付・時刻・数値・電話・コード・有無・文字の書き方をそろえる",
         "dates, times, numbers, phones, codes, flags and text in one form"},
        {"locate", "position-cell", "一つのセルにある緯度と経度を、二つの列に分ける（スキーマのない表）",
         "latitude and longitude of one cell as two columns, in a table without schema"},
        {"locate", "convert-positions", "平面直角座標や古い測地系の列を、JGD2011 の緯度・経度にする",
         "plane coordinates and older datums to degrees in JGD2011"},
        {"locate", "fill-address",
         "住所の連結表記と、自治体コード・町字ID・都道府県・市区町村・町字・番地以下の空いた列を互いに補う",
         "the joined address and its parts, each filled from the other where it is empty"},
        {"locate", "place-code", "住所の列がない表の、空いている所在地の自治体コードを市区町村名から補う",
         "the code of the place from the name of its municipality, in tables without an address"},
        {"locate", "town-points", "位置のない行に町の代表点を入れる（\"geocode\": \"town\" のときだけ）",
         "the town's representative point for rows without a position, where the dataset asks for it"},
        {"locate", "points", "緯度・経度の列から位置を決め、GIS の点からは空の列に緯度・経度を入れる",
         "points from latitude and longitude columns; of GIS points their empty columns filled in"},
        {"locate", "guard", "位置を、住所・コード・公開する自治体の境界と比べる",
         "positions held against the municipality of address, code or publisher"},
        {"locate", "town-guard", "位置が、住所の町から離れていないか調べる",
         "positions far from the town of their address"},
        {"locate", "mesh", "標準地域メッシュのコードの列を足す（mesh）", "columns of standard grid square codes"},
        {"validate", "keep-ids", "前に公開したIDを、名称・所在地・位置の同じ行に付ける",
         "issued IDs stay with their rows"},
        {"validate", "fields", "必須・語彙・形・範囲を調べる", "required, allowed words, form, range"},
        {"validate", "formula-like", "表計算ソフトが数式とみなすセルを知らせる",
         "cells that a spreadsheet would run as formulas"},
        {"validate", "rare-characters", "外字と異体字セレクターを知らせる",
         "private-use characters and variation selectors"},
        {"validate", "municipality", "コード・自治体の名前・住所が同じ自治体のものか調べる",
         "code, name and address speak of one municipality"},
        {"validate", "place-duplicates", "同じ名称で 50 m 以内の行を知らせる", "the same name twice within 50 m"},
        {"validate", "shared-positions", "別々の施設が同じ位置にあれば知らせる",
         "one point for many different facilities"},
        {"validate", "private", "マイナンバーと口座番号があれば公開を止め、個人の携帯電話・メール・生年月日は確かめる",
         "My Numbers and bank accounts stop the dataset; private phones, mail and birth dates are asked"},
        {"validate", "unique", "ID の重複を調べる", "no ID twice"},
        {"validate", "rules", "項目どうしのきまりと、公開する側のきまり（rules）を調べる",
         "rules about several fields, the standard's and the publisher's own"},
        {"validate", "totals", "合計と割合を計算し直して調べる", "totals and shares computed again"},
        {"write", "csv", "CSV（UTF-8 BOM 付き・CRLF）を書く", "CSV with BOM and CRLF"},
        {"write", "geojson", "GeoJSON（RFC 7946）を書く", "GeoJSON by RFC 7946"},
        {"write", "geojsonseq", "一行一件の GeoJSON を書く", "GeoJSON, a feature a line"},
        {"write", "xlsx", "Excel の表を書く", "an Excel table"},
        {"write", "gpkg", "GeoPackage を書く（空間索引付き）", "GeoPackage with a spatial index"},
        {"write", "fgb", "FlatGeobuf を書く（空間索引付き）", "FlatGeobuf with a spatial index"},
        {"write", "kml", "KML を書く", "KML"},
        {"write", "shp", "Shapefile を書く（zip）", "Shapefile in a zip"},
        {"write", "json", "行の配列の JSON を書く", "JSON, an array of rows"},
        {"write", "sqlite", "SQLite データベースを書く", "an SQLite database"},
        {"write", "pmtiles", "地図タイル（PMTiles）を書く", "vector tiles in a PMTiles archive"},
        {"write", "webgis", "公開型GIS（さーちずなど）に渡す Shapefile・CSV・KML を書く（Shift_JIS）",
         "Shapefile, CSV and KML for public maps, in CP932"},
        {"write", "partner", "提出先の様式の Excel を書く", "a partner's own sheet"},
    };
    return stages;
}

namespace {

/// The sheet that was read shows how to fill the form in, and nobody named it.
bool is_example_only(const TableJob& job, const std::vector<SourceInfo>& sources) {
    const bool chosen = std::all_of(job.sources.begin(), job.sources.end(), [](const SourceRequest& one) {
        return one.sheet.empty() && one.pin.sheets.empty();
    });
    return chosen && !sources.empty() && std::all_of(sources.begin(), sources.end(), [](const SourceInfo& one) {
               return one.sheet.find(example_sheet) != std::string::npos;
           });
}

/// What reports and pages quote beside the findings: texts of rows that are no data, the first rows of the table.
void mask_what_was_told(TableOutcome& outcome, const std::deque<PrivacyGate>& gates,
                        const std::vector<std::string>& chart_columns) {
    for (SourceInfo& source : outcome.sources) {
        for (TakenRows& taken : source.taken) {
            taken.text = mask_text(taken.text);
        }
    }
    const auto mask = [&](const ColumnInfo& column, std::vector<std::vector<std::string>>& rows, std::size_t at) {
        if (std::none_of(gates.begin(), gates.end(), [&](const PrivacyGate& gate) { return gate.told(column); })) {
            return;
        }
        const ColumnSense sense = sense_of(column);
        for (std::vector<std::string>& row : rows) {
            row[at] = mask_text(row[at], sense);
        }
    };
    const std::vector<ColumnInfo>& columns = outcome.shape.columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        mask(columns[i], outcome.preview, i);
    }
    for (std::size_t i = 0; i < chart_columns.size(); ++i) {
        if (const std::size_t at = outcome.shape.find(chart_columns[i]); at != Shape::npos) {
            mask(columns[at], outcome.chart_cells, i);
        }
    }
}

/// No row of it is data.
class LeaveOutAll : public Transform {
public:
    Shape bind(const Shape& in) override { return in; }
    void run(Batch& batch, Findings& /*findings*/) const override {
        std::fill(batch.states.begin(), batch.states.end(), RowState::filtered);
    }
};

void add_rules(TableRun& run, const std::vector<Rule>& rules) {
    if (rules.empty()) {
        return;
    }
    run.add(std::make_unique<CheckRules>(rules));
    for (const Rule& rule : rules) {
        for (const Condition& test : rule.must) {
            if (test.test == Condition::Test::unique) {
                run.add(std::make_unique<CheckUniqueValues>(rule, test));
            }
        }
    }
}

/// The column that holds whole positions, in a table that has none of latitude and longitude, or X and Y.
std::optional<PositionCellColumn> only_position_cell(const Shape& read, const Shape& mapped,
                                                     const SampledSource& first_rows) {
    const bool has_others = mapped.has_geometry || !find_position_columns(mapped).latitude.empty() ||
                            find_plane_columns(mapped) || mapped.find("緯度") != Shape::npos ||
                            mapped.find("経度") != Shape::npos;
    return has_others ? std::nullopt : find_position_cell(read, first_rows.sample());
}

/// The rules of dataset.json, with the names of published columns.
std::vector<Rule> publishers_rules(const TableJob& job, TableRun& run) {
    std::vector<Rule> rules = job.table.rules;
    std::vector<std::string> vanished;
    std::vector<Mistake> mistakes =
        name_columns(rules, run.shape(), job.headers, job.dataset_file, job.rules_pointer, vanished);
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    for (const std::string& name : vanished) {
        run.opening_findings().add(Code::column_missing, {}, name);
    }
    return rules;
}

}  // namespace

TableResult run_table(const TableJob& job, SchemaLibrary& schemas) {
    std::deque<PrivacyGate> gates(1);
    PrivacyGate& privacy = gates.front();
    TableStages stages;
    stages.source = gather(job, schemas, gates);
    if (!is_held(job)) {
        stages.transforms.push_back(privacy.scan());
        stages.checks.push_back(privacy.tell());
    }
    auto with_sample = std::make_unique<SampledSource>(std::move(stages.source));
    const SampledSource& first_rows = *with_sample;
    stages.source = std::move(with_sample);
    const bool matched = job.matching != Matching::by_name && job.table.schema != "none";
    const SampledSource* const sampled = matched ? &first_rows : nullptr;
    auto filter = std::make_unique<FilterRows>(job.table.where, job.table.total_rows);
    const FilterRows& filtered = *filter;
    const bool filters =
        (!job.table.where.empty() || !job.table.total_rows.empty()) && job.table.shape != TableShape::cross;
    if (filters) {
        stages.transforms.push_back(std::move(filter));
    }
    TableRun run(std::move(stages), {{job.on_error, job.table.accept},
                                     job.workers,
                                     job.findings_file,
                                     job.progress,
                                     job.preview_rows,
                                     job.chart_columns,
                                     TableOptions{}.most_chart_rows,
                                     [&](Findings& findings) { privacy.conceal(findings); }});
    run.open();
    if (filters) {
        for (const std::string& name : filtered.missing()) {
            run.opening_findings().add(Code::column_missing, {}, name);
        }
    }

    const bool example = is_example_only(job, run.about());
    if (example) {
        run.opening_findings().add(Code::example_only, {}, "");
        if (!job.check_only) {
            run.add(std::make_unique<LeaveOutAll>());
        }
    }
    if (job.ids_gone > 0) {
        run.opening_findings().add(Code::ids_churn, {}, std::to_string(job.ids_gone), std::to_string(job.ids_before));
    }

    TableResult result;
    result.name = job.table.name;
    const Shape& read = run.shape();
    TableMatch match = match_table(job.table, read, sampled, run.about(), schemas);
    tell_match(match, job.matching, run.opening_findings());
    const std::string& named = job.publisher.code;
    tell_other_municipality(run.about(), named.empty() ? code_in(match.columns) : named, schemas,
                            run.opening_findings());
    const Schema* schema = match.schema;
    result.fields = schema;
    result.schema = schema != nullptr ? schema->id : "none";

    ChangeEdition* const edition = match.edition.get();
    if (edition != nullptr) {
        result.source_edition = &edition->from();
        for (const ColumnInfo& made : match.proposals ? edition->made() : std::vector<ColumnInfo>{}) {
            Proposal proposal;
            proposal.field = schema->find(made.name);
            proposal.spec.field = made.name;
            proposal.spec.from = {made.name};
            proposal.confidence = 1.0;
            proposal.evidence = {edition->from().id + " から移した値", "carried over from " + edition->from().id};
            match.proposals->accepted.push_back(std::move(proposal));
        }
        run.add(std::move(match.edition));
    }
    auto mapping = std::make_unique<MapColumns>(
        job.table, schema, match.proposals ? std::move(match.proposals->accepted) : std::vector<Proposal>{});
    MapColumns& mapped = *mapping;
    run.add(std::move(mapping));
    if (edition != nullptr && !job.table.keep_extra) {
        edition->tell_lost(mapped.unmapped());
    }
    for (const std::string& name : mapped.missing()) {
        run.opening_findings().add(Code::column_missing, {}, name);
    }

    if (job.tells_drift) {
        std::vector<std::string> now;
        for (const ColumnInfo& column : read.columns) {
            now.push_back(column.name);
        }
        tell_drift(job.headers, job.table, schema, now, run.opening_findings());
    }

    const std::vector<SourceInfo> sources = run.about();
    if (schema != nullptr &&
        std::any_of(sources.begin(), sources.end(), [](const auto& one) { return one.readings; })) {
        run.add(std::make_unique<ProposeReadings>());
    }

    run.add(std::make_unique<TakeLinks>());
    if (schema != nullptr && SplitAvailability::applies(run.shape())) {
        run.add(std::make_unique<SplitAvailability>());
    }
    if (schema != nullptr && ProposePoi::applies(run.shape())) {
        run.add(std::make_unique<ProposePoi>());
    }

    if (const auto cell = schema == nullptr ? only_position_cell(read, run.shape(), first_rows) : std::nullopt) {
        run.add(std::make_unique<SplitPositions>(*cell));
    }
    PositionColumns position;
    if (schema != nullptr) {
        position = {schema->latitude, schema->longitude};
    }
    if (position.latitude.empty()) {
        position = find_position_columns(run.shape());
    }
    const std::string municipality = named.empty() ? code_in(match.columns) : named;
    for (auto& convert : positions_to_convert(job, read, Shape(run.shape()), first_rows, position, municipality,
                                              schemas, run.opening_findings())) {
        run.add(std::move(convert));
    }
    std::deque<Field> plain;  // for columns beyond the schema
    for (const ColumnInfo& column : Shape(run.shape()).columns) {
        const Field* field = column.field;
        if (field == nullptr) {
            plain.emplace_back();
            plain.back().name = column.name;
            plain.back().kind = column.name == position.latitude    ? Kind::latitude
                                : column.name == position.longitude ? Kind::longitude
                                : schema != nullptr                 ? kind_of_header(column.name)
                                                                    : Kind::text;
            field = &plain.back();
        }
        const bool only_by_header = column.field == nullptr && field->kind == Kind::date;
        run.add(std::make_unique<NormaliseColumn>(column.name, *field,
                                                  only_by_header ? Severity::warning : Severity::error));
    }
    if (schema != nullptr && job.table.geocode != "none" && FillAddress::applies(run.shape())) {
        run.add(std::make_unique<FillAddress>(job.publisher.code));
    } else if (schema != nullptr && job.table.geocode != "none" && FillPlaceCode::applies(run.shape())) {
        run.add(std::make_unique<FillPlaceCode>(job.publisher.code));
    }
    if (job.table.geocode == "town" && !run.shape().has_geometry) {
        if (!TownPoints::applies(run.shape())) {
            run.opening_findings().add(Code::column_missing, {}, "住所");
        } else if (position.latitude.empty()) {
            position = {"緯度", "経度"};
        }
        if (!position.latitude.empty()) {
            run.add(std::make_unique<TownPoints>(position.latitude, position.longitude, job.publisher.code));
        }
    }
    if (!position.latitude.empty()) {
        run.add(std::make_unique<LocatePoints>(position.latitude, position.longitude, shapes_of(first_rows.samples())));
    }
    if (!example) {  // the standard's own examples put the places of one city into another
        run.add(std::make_unique<GuardPositions>(job.publisher.code, position.latitude));
        run.add(std::make_unique<GuardTowns>(job.publisher.code, position.latitude));
    }
    if (!job.table.mesh.empty()) {
        run.add(std::make_unique<AddMesh>(job.table.mesh, position.latitude, position.longitude));
    }
    CountFilled::Counts filled(run.shape().columns.size());
    run.add(std::make_unique<CountFilled>(filled));
    if (schema != nullptr) {
        if (job.ids != nullptr && !schema->primary_key.empty()) {
            run.add(std::make_unique<GiveIds>(schema->primary_key.front(), *job.ids));
        }
        if (job.evidence != nullptr) {
            run.add(std::make_unique<GatherEvidence>(*schema, *job.evidence));
        }
        auto fields = std::make_unique<CheckFields>();
        const CheckFields& checked = *fields;
        run.add(std::move(fields));
        checked.tell_absent(run.opening_findings());
        run.add(std::make_unique<CheckMunicipality>(job.publisher.code));
        if (!schema->primary_key.empty()) {
            run.add(std::make_unique<UniqueKey>(schema->primary_key));
        }
        run.add(std::make_unique<DuplicatePlaces>(run.about()));
        add_rules(run, rules_for(schema->rules, run.shape()));
    }
    run.add(std::make_unique<SharedPositions>(position.latitude));
    add_rules(run, rules_by_name(run.shape(), schema != nullptr ? schema->rules : std::vector<Rule>{}));
    add_rules(run, publishers_rules(job, run));
    run.add(std::make_unique<TellFormulas>());
    run.add(std::make_unique<TellRareCharacters>());
    for (const TotalRule& rule : job.table.checks) {
        if (rule.from.empty()) {
            run.add(std::make_unique<CheckTotals>(rule));
        }
    }
    add_sinks(run, job, schema, stem_of(job, schema), schemas);

    result.outcome = run.go();
    mask_what_was_told(result.outcome, gates, job.chart_columns);
    result.columns = mapped.origins();
    result.unmapped = mapped.unmapped();
    result.accept = job.table.accept;
    result.filled = filled.values();
    return result;
}

PrivacyCounts privacy_counts(const TableResult& table) {
    PrivacyCounts counts;
    for (const FindingLog::Group& group : table.outcome.log.groups()) {
        if (group.severity != Severity::error) {
            continue;
        }
        if (group.code == Code::my_number || group.code == Code::bank_account) {
            counts.stopping += group.count;
        }
        if (group.code == Code::private_mobile || group.code == Code::private_mail || group.code == Code::birth_date) {
            counts.asking += group.count;
        }
    }
    const std::deque<FindingText>& details = table.outcome.log.details();
    const auto first = std::find_if(details.begin(), details.end(), [](const FindingText& one) {
        return one.severity == Severity::error && (one.code == Code::my_number || one.code == Code::bank_account);
    });
    if (first != details.end()) {
        counts.file = first->file;
        counts.where = (first->sheet.empty() ? "" : "[" + first->sheet + "]") +
                       (!first->cell.empty() ? "!" + first->cell
                        : first->row != 0    ? "#" + std::to_string(first->row)
                                             : std::string());
    }
    return counts;
}

}  // namespace kokai
