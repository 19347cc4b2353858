// SPDX-License-Identifier: Apache-2.0
#include "command/assemble.hpp"

#include "command/gather.hpp"
#include "command/outputs.hpp"
#include "command/position_cells.hpp"
#include "command/position_pairs.hpp"
#include "command/position_system.hpp"
#include "command/told_private.hpp"
#include "locate/fill_address.hpp"
#include "locate/guard.hpp"
#include "locate/mesh.hpp"
#include "locate/place_code.hpp"
#include "locate/points.hpp"
#include "locate/town_guard.hpp"
#include "locate/town_points.hpp"
#include "map/drift.hpp"
#include "map/links.hpp"
#include "map/readings.hpp"
#include "map/sampled_source.hpp"
#include "map/tables.hpp"
#include "normalise/availability.hpp"
#include "normalise/column.hpp"
#include "normalise/poi_proposal.hpp"
#include "normalise/shared_cells.hpp"
#include "validate/fields.hpp"
#include "validate/filled.hpp"
#include "validate/formula_like.hpp"
#include "validate/municipality.hpp"
#include "validate/place_duplicates.hpp"
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

/// The sheet that was read shows how to fill the form in, and nobody named it.
bool is_example_only(const TableJob& job, const std::vector<SourceInfo>& sources) {
    const bool chosen = std::all_of(job.sources.begin(), job.sources.end(), [](const SourceRequest& one) {
        return one.sheet.empty() && one.pin.sheets.empty();
    });
    return chosen && !sources.empty() && std::all_of(sources.begin(), sources.end(), [](const SourceInfo& one) {
               return one.sheet.find(example_sheet) != std::string::npos;
           });
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
        job.table, schema, match.proposals ? std::move(match.proposals->accepted) : std::vector<Proposal>{},
        schema != nullptr && !schema->latitude.empty() ? position_headers(read) : std::vector<std::string>{});
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
    if (schema != nullptr && SplitSharedCells::applies(run.shape())) {
        run.add(std::make_unique<SplitSharedCells>());
    }
    if (schema != nullptr && ProposePoi::applies(run.shape())) {
        run.add(std::make_unique<ProposePoi>());
    }

    PositionColumns position;
    if (schema != nullptr) {
        position = {schema->latitude, schema->longitude};
    }
    if (position.latitude.empty()) {
        position = find_position_columns(run.shape());
    }
    const auto cell = position_cell_of(job.table, read, run.shape(), schema, first_rows, position);
    std::vector<std::string> to_drop = mapped.to_drop();
    if (cell) {
        run.add(std::make_unique<SplitPositions>(cell->column, cell->latitude, cell->longitude));
    }
    if (cell && cell->fills) {
        to_drop.insert(to_drop.end(), {cell->latitude, cell->longitude});
    } else if (cell) {
        position = {cell->latitude, cell->longitude};
    }
    const std::string municipality = named.empty() ? code_in(match.columns) : named;
    for (auto& convert : positions_to_convert(job, read, Shape(run.shape()), first_rows, cell, position, municipality,
                                              schemas, run.opening_findings())) {
        run.add(std::move(convert));
    }
    if (!to_drop.empty()) {
        run.add(std::make_unique<DropColumns>(std::move(to_drop)));
    }
    const auto borders = job.table.mesh.empty() ? nullptr : std::make_shared<BorderNotes>();
    if (borders) {
        run.add(std::make_unique<NoteBorders>(borders, position.latitude, position.longitude));
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
        run.add(std::make_unique<AddMesh>(job.table.mesh, position.latitude, position.longitude, borders));
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

}  // namespace kokai
