// SPDX-License-Identifier: Apache-2.0
// Every value is asked for by name and type and left out when it does not fit; what is wrong is said by check_json().
#include "model/dataset_json.hpp"

#include "model/rule_json.hpp"
#include "support/json_check.hpp"
#include "support/json_parse.hpp"
#include "support/json_values.hpp"
#include "support/nearest_word.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;  // the order of `columns` and `values` is the department's
using namespace json_values;

/// The words of an enum in the file, each with its value.
template <typename Value, std::size_t count>
std::optional<Value> word(const Json& object, const char* key,
                          const std::array<std::pair<std::string_view, Value>, count>& words) {
    const std::string given = text(object, key);
    for (const auto& [name, value] : words) {
        if (given == name) {
            return value;
        }
    }
    return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, TotalRule::Rule>, 4> rule_words{
    {{"row_sum", TotalRule::Rule::row_sum},
     {"column_sum", TotalRule::Rule::column_sum},
     {"share", TotalRule::Rule::share},
     {"share_of_total", TotalRule::Rule::share_of_total}}};
constexpr std::array<std::pair<std::string_view, TableShape>, 2> shape_words{
    {{"rows", TableShape::rows}, {"cross", TableShape::cross}}};
constexpr std::array<std::pair<std::string_view, OnError>, 3> on_error_words{
    {{"dataset", OnError::dataset}, {"rows", OnError::rows}, {"keep", OnError::keep}}};

class Reader {
public:
    Reader(std::string_view file, std::vector<Mistake>& mistakes) : file_(file), mistakes_(mistakes) {}

    Dataset dataset(const Json& document, std::string_view id) {
        Dataset all;
        all.id = id;
        const std::pair<const char*, std::string*> plain[] = {
            {"title", &all.title},     {"title_en", &all.title_en},     {"description", &all.description},
            {"credit", &all.credit},   {"source_url", &all.source_url}, {"update_frequency", &all.update_frequency},
            {"contact", &all.contact}, {"modified", &all.modified},     {"theme", &all.theme},
            {"spatial", &all.spatial}, {"temporal", &all.temporal},     {"note", &all.note},
        };
        for (const auto& [key, into] : plain) {
            *into = text(document, key);
        }
        all.keywords = texts(document, "keywords");
        if (const Json* publisher = member(document, "publisher")) {
            all.publisher = publisher->is_string() ? Publisher{publisher->get<std::string>(), {}, {}}
                                                   : Publisher{text(*publisher, "code"), text(*publisher, "name"),
                                                               text(*publisher, "url")};
        }
        if (const Json* license = member(document, "license")) {
            all.license = {text(*license, "id"), text(*license, "title"), text(*license, "url")};
        }
        if (const Json* limits = member(document, "regression"); limits != nullptr && limits->is_object()) {
            all.regression = regression(*limits);
        }
        each(document, "sources", "",
             [&](const Json& one, const std::string& at) { all.sources.push_back(source(one, at)); });
        each(document, "tables", "",
             [&](const Json& one, const std::string& at) { all.tables.push_back(table(one, at)); });
        return all;
    }

private:
    template <typename Each>
    void each(const Json& object, const char* key, const std::string& pointer, Each&& take) {
        const Json* list = member(object, key);
        if (list == nullptr || !list->is_array()) {
            return;
        }
        const std::string above = pointer_to(pointer, key);
        for (std::size_t i = 0; i < list->size(); ++i) {
            take((*list)[i], pointer_to(above, i));  // also what does not fit, so that indexes stay those of the file
        }
    }

    void say(const std::string& pointer, std::string ja, std::string en) {
        mistakes_.push_back({std::string(file_), pointer, std::move(ja), std::move(en)});
    }

    static RegressionLimits regression(const Json& object) {
        const auto number = [&](const char* key) {
            const Json* value = member(object, key);
            return value != nullptr && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
        };
        return {number("rows_lost"),      number("rows_new"),     number("ids_changed"),    number("positions_moved"),
                number("values_changed"), number("moved_metres"), number("columns_emptied")};
    }

    SourceSpec source(const Json& object, const std::string& at) {
        SourceSpec one;
        one.name = text(object, "name");
        one.file = text(object, "file");
        one.dataset = text(object, "dataset");
        one.sheet = text(object, "sheet");
        one.encoding = text(object, "encoding");
        one.crs = text(object, "crs");
        one.service = text(object, "service");
        one.query = text(object, "query");
        one.geometry = text(object, "geometry");
        one.repair = is_true(object, "repair");
        one.headers = texts(object, "headers");
        const Json* table = member(object, "table");
        std::size_t origins = 0;
        for (const char* key : {"file", "dataset", "service"}) {
            origins += member(object, key) != nullptr ? 1U : 0U;
        }
        if (object.is_object() && origins > 1) {
            say(at, "\"file\"、\"dataset\"、\"service\" は一緒に書けません。どれか一つにしてください",
                R"("file", "dataset" and "service" exclude each other; keep one)");
        } else if (object.is_object() && origins == 0) {
            say(at, R"("file"、"dataset"、"service" のどれか一つが必要です)",
                R"("file", "dataset" or "service" is needed)");
        } else if (object.is_object() &&
                   (member(object, "service") != nullptr) != (member(object, "query") != nullptr)) {
            say(at, "\"service\" と \"query\" は一緒に書きます", R"("service" and "query" go together)");
        } else if (!one.dataset.empty()) {
            for (const char* key : {"sheet", "encoding", "crs"}) {
                if (member(object, key) != nullptr) {
                    say(pointer_to(at, key), fmt::format("\"dataset\" を使うとき \"{}\" は書けません", key),
                        fmt::format(R"("{}" cannot stand beside "dataset")", key));
                }
            }
        }
        if (table == nullptr) {
            return one;
        }
        if (table->is_string()) {
            one.table = table->get<std::string>();
            if (!one.file.empty()) {
                say(pointer_to(at, "table"), "\"file\" のとき \"table\" は {\"header_rows\": 1} のような形です",
                    R"(with "file", "table" has the form {"header_rows": 1})");
            }
        } else if (table->is_object()) {
            const std::vector<std::uint32_t> header = row_numbers(*table, "header_rows");
            one.pin.header_row = header.empty() ? 0 : header.front();
            one.pin.more_header_rows.assign(header.begin() + (header.empty() ? 0 : 1), header.end());
            one.pin.sheets = texts(*table, "sheet");
            one.pin.panels = texts(*table, "panels");
            if (!one.pin.sheets.empty() && !one.sheet.empty()) {
                say(pointer_to(pointer_to(at, "table"), "sheet"), "シートは \"sheet\" に一度だけ書いてください",
                    R"(name the sheet once, in "sheet")");
            }
            const std::vector<std::uint32_t> first = row_numbers(*table, "first_row");
            one.pin.first_row = first.empty() ? 0 : first.front();
            const std::vector<std::uint32_t> last = row_numbers(*table, "last_row");
            one.pin.last_row = last.empty() ? 0 : last.front();
            one.pin.skip = row_numbers(*table, "skip");
            one.pin.transpose = table->value("transpose", Json(false)) == Json(true);
            one.pin.publish_hidden = text(*table, "hidden") == "publish";
            if (!one.dataset.empty()) {
                say(pointer_to(at, "table"), "\"dataset\" のとき \"table\" は表の名前です",
                    R"(with "dataset", "table" is the name of a table)");
            }
        }
        return one;
    }

    SayMistake sayer() {
        return [this](const std::string& pointer, std::string ja, std::string en) {
            say(pointer, std::move(ja), std::move(en));
        };
    }

    std::vector<Condition> conditions(const Json& object, const char* key, const std::string& at) {
        return read_conditions(object, key, at, ConditionsOf::filter, sayer());
    }

    std::vector<ColumnSpec> columns(const Json& object, const std::string& at) {
        std::vector<ColumnSpec> all;
        const Json* list = member(object, "columns");
        if (list == nullptr || !list->is_object()) {
            return all;
        }
        const std::string above = pointer_to(at, "columns");
        for (const auto& [field, one] : list->items()) {
            all.push_back(column(field, one, pointer_to(above, field)));
        }
        return all;
    }

    ColumnSpec column(const std::string& field, const Json& object, const std::string& at) {
        ColumnSpec one;
        one.field = field;
        if (object.is_string()) {
            one.from = {object.get<std::string>()};
            return one;
        }
        one.from = texts(object, "from");
        one.separator = text(object, "separator");
        one.constant = optional_text(object, "value");
        one.values = pairs(object, "values");
        one.otherwise = optional_text(object, "otherwise");
        one.pattern = text(object, "pattern");
        one.geometry = text(object, "geometry");
        one.prefix = text(object, "prefix");
        if (const Json* group = member(object, "group"); group != nullptr && group->is_number_integer()) {
            const auto number = group->get<std::int64_t>();
            one.group = number >= 0 && number < 100 ? static_cast<int>(number) : 1;
        }
        if (object.is_object()) {
            look_at_origin(object, at);
        }
        return one;
    }

    /// A value has one origin, and what works on a cell needs a cell.
    void look_at_origin(const Json& object, const std::string& at) {
        std::size_t origins = 0;
        for (const char* key : {"from", "value", "geometry"}) {
            origins += member(object, key) != nullptr ? 1U : 0U;
        }
        if (origins != 1) {
            say(at, "値の元は \"from\"、\"value\"、\"geometry\" のどれか一つにしてください",
                R"(give exactly one of "from", "value" and "geometry")");
        }
        const std::pair<const char*, const char*> needs[] = {
            {"separator", "from"}, {"values", "from"}, {"pattern", "from"}, {"group", "pattern"}};
        if (member(object, "otherwise") != nullptr && member(object, "values") == nullptr &&
            member(object, "pattern") == nullptr) {
            say(pointer_to(at, "otherwise"), "\"otherwise\" は \"values\" か \"pattern\" と一緒に使います",
                R"("otherwise" needs "values" or "pattern")");
        }
        for (const auto& [key, needed] : needs) {
            if (member(object, key) != nullptr && member(object, needed) == nullptr) {
                say(pointer_to(at, key), fmt::format("\"{}\" は \"{}\" と一緒に使います", key, needed),
                    fmt::format(R"("{}" needs "{}")", key, needed));
            }
        }
    }

    TableSpec table(const Json& object, const std::string& at) {
        TableSpec one;
        one.name = text(object, "name");
        one.title = text(object, "title");
        one.description = text(object, "description");
        one.file = text(object, "file");
        one.from = texts(object, "from");
        one.shape = word(object, "shape", shape_words).value_or(TableShape::rows);
        each(object, "cross", at, [&](const Json& cross, const std::string&) {
            one.cross.push_back({text(cross, "from"), texts(cross, "labels"), text(cross, "header"),
                                 text(cross, "value"), texts(cross, "leave_out"), pairs(cross, "heads")});
        });
        one.join_on = texts(object, "join_on");
        one.where = conditions(object, "where", at);
        one.total_rows = conditions(object, "total_rows", at);
        one.schema = text(object, "schema");
        one.columns = columns(object, at);
        one.keep_extra = text(object, "extra") != "drop";
        one.drop = texts(object, "drop");
        one.keep_ids = text(object, "ids") == "keep";
        if (one.keep_ids && (one.schema == "none" || one.shape != TableShape::rows)) {
            say(pointer_to(at, "ids"), "\"ids\" は、ID のある標準の表（schema を書いた、ふつうの形の表）で使います",
                R"("ids" is for ordinary tables with a schema that has an ID)");
        }
        each(object, "checks", at,
             [&](const Json& check, const std::string& pointer) { one.checks.push_back(total_rule(check, pointer)); });
        each(object, "rules", at, [&](const Json& rule, const std::string& pointer) {
            one.rules.push_back(read_rule(rule, pointer, sayer()));
        });
        one.on_error = word(object, "on_error", on_error_words);
        one.geocode = text(object, "geocode");
        each(object, "accept", at,
             [&](const Json& accept, const std::string& pointer) { take_accept(accept, pointer, one.accept); });
        one.outputs = texts(object, "outputs");  // none = the usual ones
        one.output_options = output_options(object, one.outputs, at);
        one.partners = texts(object, "partners");
        one.mesh = texts(object, "mesh");
        if (const Json* chart = member(object, "chart"); chart != nullptr && chart->is_object()) {
            one.chart = Chart{text(*chart, "category"), text(*chart, "value"), text(*chart, "series")};
        }
        return one;
    }

    OutputOptions output_options(const Json& table, const std::vector<std::string>& outputs, const std::string& at) {
        OutputOptions options;
        const Json* given = member(table, "output_options");
        const Json* lines = given != nullptr ? member(*given, "geojsonseq") : nullptr;
        if (lines == nullptr) {
            return options;
        }
        if (std::find(outputs.begin(), outputs.end(), "geojsonseq") == outputs.end()) {
            say(pointer_to(pointer_to(at, "output_options"), "geojsonseq"), R"("outputs" に "geojsonseq" がありません)",
                R"("geojsonseq" is not among the "outputs")");
        }
        options.record_separator = is_true(*lines, "record_separator");
        return options;
    }

    TotalRule total_rule(const Json& object, const std::string& at) {
        TotalRule one;
        const std::optional<TotalRule::Rule> rule = word(object, "rule", rule_words);
        one.rule = rule.value_or(TotalRule::Rule::row_sum);
        one.from = text(object, "from");
        one.columns = texts(object, "columns");
        one.equals = text(object, "equals");
        one.part = text(object, "part");
        one.whole = text(object, "whole");
        one.where = conditions(object, "where", at);
        if (const Json* tolerance = member(object, "tolerance"); tolerance != nullptr && tolerance->is_number()) {
            one.tolerance = tolerance->get<double>();
        }
        if (rule) {
            look_at_rule(object, at, *rule);
        }
        return one;
    }

    /// Each rule needs keys of its own and has no use for the others.
    void look_at_rule(const Json& object, const std::string& at, TotalRule::Rule rule) {
        using Rule = TotalRule::Rule;
        const bool share = rule == Rule::share;
        const bool of_total = rule == Rule::share_of_total;
        struct Use {
            const char* key;
            bool needed, allowed;
        };
        const Use uses[] = {
            {"columns", !share && !of_total, !share && !of_total},
            {"equals", rule != Rule::column_sum, rule != Rule::column_sum},
            {"part", share || of_total, share || of_total},
            {"whole", share, share},
            {"where", rule == Rule::column_sum, rule == Rule::column_sum || of_total},
        };
        const std::string name = text(object, "rule");
        for (const Use& use : uses) {
            const bool given = member(object, use.key) != nullptr;
            if (use.needed && !given) {
                say(at, fmt::format("\"{}\" には \"{}\" が必要です", name, use.key),
                    fmt::format(R"("{}" needs "{}")", name, use.key));
            } else if (given && !use.allowed) {
                say(pointer_to(at, use.key), fmt::format(R"("{}" では "{}" を使いません)", name, use.key),
                    fmt::format(R"("{}" has no use for "{}")", name, use.key));
            }
        }
    }

    void take_accept(const Json& object, const std::string& at, std::vector<Accept>& all) {
        const std::string id = text(object, "code");
        const CodeInfo* code = find_code(id);
        if (code != nullptr) {
            all.push_back({code->code, texts(object, "columns"), row_numbers(object, "rows"), text(object, "reason"),
                           text(object, "level") == "note" ? Severity::note : Severity::warning});
        } else if (!id.empty()) {
            std::vector<std::string> known;
            for (const CodeInfo& one : finding_catalogue()) {
                known.emplace_back(one.id);
            }
            const std::string near = nearest_word(id, known);
            say(pointer_to(at, "code"),
                fmt::format("\"{}\" という番号の誤りはありません{}", printable(id),
                            near.empty() ? "。報告書の番号を写してください"
                                         : fmt::format("。\"{}\" ではありませんか", near)),
                fmt::format("there is no finding code \"{}\"{}", printable(id),
                            near.empty() ? "; copy it from the report" : fmt::format("; did you mean \"{}\"?", near)));
        }
    }

    std::string_view file_;
    std::vector<Mistake>& mistakes_;
};

}  // namespace

Dataset parse_dataset(std::string_view json_text, std::string_view file_name, std::string_view id,
                      std::vector<Mistake>& mistakes) {
    Json document;
    if (!parse_json(json_text, file_name, document, mistakes)) {
        Dataset nothing;
        nothing.id = id;
        return nothing;
    }
    return Reader(file_name, mistakes).dataset(document, id);
}

Dataset read_dataset(std::string_view json_text, std::string_view file_name, std::string_view id, const JsonForm& form,
                     const KnownNames& known, std::vector<Mistake>& mistakes) {
    const std::size_t before = mistakes.size();
    Dataset dataset = parse_dataset(json_text, file_name, id, mistakes);
    nlohmann::json document;
    std::vector<Mistake> said_already;
    if (!parse_json(json_text, file_name, document, said_already)) {
        return dataset;
    }
    std::vector<Mistake> all = form.check(document, file_name);
    all.insert(all.end(), mistakes.begin() + static_cast<std::ptrdiff_t>(before), mistakes.end());
    const std::vector<Mistake> crossed = check_dataset(dataset, file_name, known);
    all.insert(all.end(), crossed.begin(), crossed.end());
    mistakes.resize(before);
    mistakes.insert(mistakes.end(), all.begin(), all.end());
    return dataset;
}

}  // namespace kokai
