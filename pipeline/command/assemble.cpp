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

/// The stages of one table, added in the order in which the data walks through them.
class TableAssembly {
public:
    TableAssembly(const TableJob& job, SchemaLibrary& schemas) : job_(job), schemas_(schemas) {}

    TableResult make() {
        open();
        match();
        map();
        complete();
        convert_positions();
        normalise();
        locate();
        check();
        add_sinks(*run_, job_, schema_, stem_of(job_, schema_), schemas_);

        result_.outcome = run_->go();
        mask_what_was_told(result_.outcome, gates_, job_.chart_columns);
        result_.columns = mapped_->origins();
        result_.unmapped = mapped_->unmapped();
        result_.accept = job_.table.accept;
        result_.filled = filled_->values();
        return std::move(result_);
    }

private:
    void open() {
        PrivacyGate& privacy = gates_.emplace_back();
        TableStages stages;
        stages.source = gather(job_, schemas_, gates_);
        if (!is_held(job_)) {
            stages.transforms.push_back(privacy.scan());
            stages.checks.push_back(privacy.tell());
        }
        auto with_sample = std::make_unique<SampledSource>(std::move(stages.source));
        first_rows_ = with_sample.get();
        stages.source = std::move(with_sample);
        auto filter = std::make_unique<FilterRows>(job_.table.where, job_.table.total_rows);
        const FilterRows& filtered = *filter;
        const bool filters =
            (!job_.table.where.empty() || !job_.table.total_rows.empty()) && job_.table.shape != TableShape::cross;
        if (filters) {
            stages.transforms.push_back(std::move(filter));
        }
        run_.emplace(std::move(stages), TableOptions{{job_.on_error, job_.table.accept},
                                                     job_.workers,
                                                     job_.findings_file,
                                                     job_.progress,
                                                     job_.preview_rows,
                                                     job_.chart_columns,
                                                     TableOptions{}.most_chart_rows,
                                                     [&privacy](Findings& findings) { privacy.conceal(findings); }});
        run_->open();
        tell_missing(filters ? filtered.missing() : std::vector<std::string>{});
        example_ = is_example_only(job_, run_->about());
        if (example_) {
            tell(Code::example_only);
            if (!job_.check_only) {
                add<LeaveOutAll>();
            }
        }
        if (job_.ids_gone > 0) {
            run_->opening_findings().add(Code::ids_churn, {}, std::to_string(job_.ids_gone),
                                         std::to_string(job_.ids_before));
        }
    }

    /// Which schema, and which columns are its fields.
    void match() {
        read_ = run_->shape();
        const bool by_values = job_.matching != Matching::by_name && job_.table.schema != "none";
        match_ = match_table(job_.table, read_, by_values ? first_rows_ : nullptr, run_->about(), schemas_);
        tell_match(match_, job_.matching, run_->opening_findings());
        municipality_ = job_.publisher.code.empty() ? code_in(match_.columns) : job_.publisher.code;
        tell_other_municipality(run_->about(), municipality_, schemas_, run_->opening_findings());
        schema_ = match_.schema;
        result_.name = job_.table.name;
        result_.fields = schema_;
        result_.schema = schema_ != nullptr ? schema_->id : "none";
    }

    void map() {
        ChangeEdition* const edition = match_.edition.get();
        if (edition != nullptr) {
            result_.source_edition = &edition->from();
            propose_carried_over(*edition);
            run_->add(std::move(match_.edition));
        }
        auto mapping = std::make_unique<MapColumns>(
            job_.table, schema_, match_.proposals ? std::move(match_.proposals->accepted) : std::vector<Proposal>{},
            schema_ != nullptr && !schema_->latitude.empty() ? position_headers(read_) : std::vector<std::string>{});
        mapped_ = mapping.get();
        run_->add(std::move(mapping));
        if (edition != nullptr && !job_.table.keep_extra) {
            edition->tell_lost(mapped_->unmapped());
        }
        tell_missing(mapped_->missing());
        if (job_.tells_drift) {
            std::vector<std::string> now;
            for (const ColumnInfo& column : read_.columns) {
                now.push_back(column.name);
            }
            tell_drift(job_.headers, job_.table, schema_, now, run_->opening_findings());
        }
    }

    /// Fields that the other edition gave their values.
    void propose_carried_over(const ChangeEdition& edition) {
        if (!match_.proposals) {
            return;
        }
        for (const ColumnInfo& made : edition.made()) {
            Proposal proposal;
            proposal.field = schema_->find(made.name);
            proposal.spec.field = made.name;
            proposal.spec.from = {made.name};
            proposal.confidence = 1.0;
            proposal.evidence = {edition.from().id + " から移した値", "carried over from " + edition.from().id};
            match_.proposals->accepted.push_back(std::move(proposal));
        }
    }

    /// What the source says beside the cells, and cells that speak of more than their own field.
    void complete() {
        const std::vector<SourceInfo> sources = run_->about();
        if (schema_ != nullptr &&
            std::any_of(sources.begin(), sources.end(), [](const auto& one) { return one.readings; })) {
            add<ProposeReadings>();
        }
        add<TakeLinks>();
        add_if_it_applies<SplitAvailability>();
        add_if_it_applies<SplitSharedCells>();
        add_if_it_applies<ProposePoi>();
    }

    void convert_positions() {
        if (schema_ != nullptr) {
            position_ = {schema_->latitude, schema_->longitude};
        }
        if (position_.latitude.empty()) {
            position_ = find_position_columns(run_->shape());
        }
        const auto cell = position_cell_of(job_.table, read_, run_->shape(), schema_, *first_rows_, position_);
        std::vector<std::string> to_drop = mapped_->to_drop();
        if (cell) {
            add<SplitPositions>(cell->column, cell->latitude, cell->longitude, cell->fills);
        }
        if (cell && cell->fills) {
            to_drop.insert(to_drop.end(), {cell->latitude, cell->longitude});
        } else if (cell) {
            position_ = {cell->latitude, cell->longitude};
        }
        for (auto& convert : positions_to_convert(job_, read_, Shape(run_->shape()), *first_rows_, cell, position_,
                                                  municipality_, schemas_, run_->opening_findings())) {
            run_->add(std::move(convert));
        }
        if (!to_drop.empty()) {
            add<DropColumns>(std::move(to_drop));
        }
        if (!job_.table.mesh.empty()) {
            borders_ = std::make_shared<BorderNotes>();
            add<NoteBorders>(borders_, position_.latitude, position_.longitude);
        }
    }

    void normalise() {
        for (const ColumnInfo& column : Shape(run_->shape()).columns) {
            const Field* field = column.field;
            if (field == nullptr) {
                plain_.emplace_back();
                plain_.back().name = column.name;
                plain_.back().kind = column.name == position_.latitude    ? Kind::latitude
                                     : column.name == position_.longitude ? Kind::longitude
                                     : schema_ != nullptr                 ? kind_of_header(column.name)
                                                                          : Kind::text;
                field = &plain_.back();
            }
            const bool only_by_header = column.field == nullptr && field->kind == Kind::date;
            add<NormaliseColumn>(column.name, *field, only_by_header ? Severity::warning : Severity::error);
        }
    }

    void locate() {
        const std::string& publisher = job_.publisher.code;
        const bool fills = schema_ != nullptr && job_.table.geocode != "none";
        if (fills && FillAddress::applies(run_->shape())) {
            add<FillAddress>(publisher);
        } else if (fills && FillPlaceCode::applies(run_->shape())) {
            add<FillPlaceCode>(publisher);
        }
        if (job_.table.geocode == "town" && !run_->shape().has_geometry) {
            add_town_points();
        }
        if (!position_.latitude.empty()) {
            add<LocatePoints>(position_.latitude, position_.longitude, shapes_of(first_rows_->samples()));
        }
        if (!example_) {  // the standard's own examples put the places of one city into another
            add<GuardPositions>(publisher, position_.latitude);
            add<GuardTowns>(publisher, position_.latitude);
        }
        if (borders_) {
            add<AddMesh>(job_.table.mesh, position_.latitude, position_.longitude, borders_);
        }
    }

    void add_town_points() {
        if (!TownPoints::applies(run_->shape())) {
            tell(Code::column_missing, "住所");
        } else if (position_.latitude.empty()) {
            position_ = {"緯度", "経度"};
        }
        if (!position_.latitude.empty()) {
            add<TownPoints>(position_.latitude, position_.longitude, job_.publisher.code);
        }
    }

    void check() {
        filled_.emplace(run_->shape().columns.size());
        add<CountFilled>(*filled_);
        if (schema_ != nullptr) {
            check_by_schema(*schema_);
        }
        add<SharedPositions>(position_.latitude);
        add_rules(*run_, rules_by_name(run_->shape(), schema_ != nullptr ? schema_->rules : std::vector<Rule>{}));
        add_rules(*run_, publishers_rules(job_, *run_));
        add<TellFormulas>();
        add<TellRareCharacters>();
        for (const TotalRule& rule : job_.table.checks) {
            if (rule.from.empty()) {
                add<CheckTotals>(rule);
            }
        }
    }

    void check_by_schema(const Schema& schema) {
        if (job_.ids != nullptr && !schema.primary_key.empty()) {
            add<GiveIds>(schema.primary_key.front(), *job_.ids);
        }
        if (job_.evidence != nullptr) {
            add<GatherEvidence>(schema, *job_.evidence);
        }
        auto fields = std::make_unique<CheckFields>();
        const CheckFields& checked = *fields;
        run_->add(std::move(fields));
        checked.tell_absent(run_->opening_findings());
        add<CheckMunicipality>(job_.publisher.code);
        if (!schema.primary_key.empty()) {
            add<UniqueKey>(schema.primary_key);
        }
        add<DuplicatePlaces>(run_->about());
        add_rules(*run_, rules_for(schema.rules, run_->shape()));
    }

    template <typename Stage, typename... Values>
    void add(Values&&... values) {
        run_->add(std::make_unique<Stage>(std::forward<Values>(values)...));
    }
    template <typename Stage>
    void add_if_it_applies() {
        if (schema_ != nullptr && Stage::applies(run_->shape())) {
            add<Stage>();
        }
    }
    void tell(Code code, std::string_view found = {}) { run_->opening_findings().add(code, {}, found); }
    void tell_missing(const std::vector<std::string>& columns) {
        for (const std::string& name : columns) {
            tell(Code::column_missing, name);
        }
    }

    const TableJob& job_;
    SchemaLibrary& schemas_;
    std::deque<PrivacyGate> gates_;
    std::deque<Field> plain_;  // for columns beyond the schema
    std::optional<CountFilled::Counts> filled_;
    std::shared_ptr<BorderNotes> borders_;
    std::optional<TableRun> run_;  // after what its stages point to
    const SampledSource* first_rows_ = nullptr;
    bool example_ = false;
    Shape read_;
    TableMatch match_;
    std::string municipality_;  // whose table it is
    const Schema* schema_ = nullptr;
    MapColumns* mapped_ = nullptr;
    PositionColumns position_;
    TableResult result_;
};

}  // namespace

TableResult run_table(const TableJob& job, SchemaLibrary& schemas) {
    return TableAssembly(job, schemas).make();
}

}  // namespace kokai
