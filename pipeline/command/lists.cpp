// SPDX-License-Identifier: Apache-2.0
#include "command/lists.hpp"

#include "command/library.hpp"
#include "command/stage_list.hpp"
#include "model/error.hpp"
#include "model/schema_json.hpp"
#include "model/schema_words.hpp"
#include "support/file.hpp"
#include "write/form.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

/// How wide a text is in a terminal, where kanji and kana take two places.
std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        width += byte < 0x80 || (byte >= 0xC0 && byte < 0xE0) ? 1U : byte >= 0xE0 ? 2U : 0U;
    }
    return width;
}

std::string padded_to(std::string_view text, std::size_t width) {
    const std::size_t now = width_of(text);
    return std::string(text) + std::string(now < width ? width - now : 0, ' ');
}

/// What an empty cell comes to, in the words of the report.
std::string_view level_of(const Field& field, Language language) {
    const bool ja = language != Language::en;
    const bool sure = field.confidence != Confidence::low;  // else never more than a note
    switch (sure || field.requirement == Requirement::optional || field.requirement == Requirement::unknown
                ? field.requirement
                : Requirement::recommended) {
    case Requirement::required:
        return ja ? "空なら誤り" : "empty: error";
    case Requirement::likely_required:
        return ja ? "空なら警告" : "empty: warning";
    case Requirement::recommended:
        return ja ? "空なら注意" : "empty: note";
    case Requirement::optional:
    case Requirement::unknown:
        break;
    }
    return "";
}

std::string file_name_of(const Schema& schema) {
    return schema.file_name + (schema.file_date == "day"      ? "_YYYYMMDD"
                               : schema.file_date == "period" ? "_YYYYMMDD_YYYYMMDD"
                                                              : "");
}

Json json_of(const Schema& schema, const std::filesystem::path& file) {
    // Where the columns are known from is for readers alone, so it stays in the file.
    const Json written = Json::parse(read_small_file(file, schema.id + ".json"));
    Json fields = Json::parse(schema_fields_json(schema));
    const std::string source = written.value("kokai:source", "");
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fields[i]["source"] = written["fields"][i].value("kokai:source", source);
    }
    return {{"id", schema.id},
            {"standard", schema.standard},
            {"title", schema.title},
            {"title_en", schema.title_en},
            {"edition", schema.edition},
            {"file_name", schema.file_name},
            {"file_date", schema.file_date},
            {"number", schema.number},
            {"partial", schema.partial},
            {"source", source},
            {"primary_key", schema.primary_key},
            {"fields", std::move(fields)}};
}

void print_schema(const Schema& schema, Language language) {
    const bool ja = language != Language::en;
    fmt::print("{} {} ({})\n", schema.id, schema.title, schema.title_en);
    if (!schema.edition.empty()) {
        fmt::print("{}: {}\n", ja ? "版" : "edition", schema.edition);
    }
    fmt::print("{}: 102016_{}.csv\n", ja ? "ファイル名の例" : "file name", file_name_of(schema));
    if (schema.partial) {
        fmt::print("{}\n", ja ? "（分かっている項目だけです。標準にはほかの項目もあります）"
                              : "(only the fields that are known: the standard has more)");
    }
    std::size_t widest = 0;
    for (const Field& field : schema.fields) {
        widest = std::max(widest, width_of(field.name));
    }
    std::size_t number = 0;
    for (const Field& field : schema.fields) {
        std::vector<std::string> said;
        const auto say = [&](std::string text) {
            if (!text.empty()) {
                said.push_back(std::move(text));
            }
        };
        say(field.format.empty() ? field.type : field.format);
        say(field.allowed.empty() ? "" : fmt::format("[{}]", fmt::join(field.allowed, "|")));
        say(field.unit.empty() ? "" : (ja ? "単位 " : "unit ") + field.unit);
        say(field.example.empty() ? "" : (ja ? "例 " : "e.g. ") + field.example);
        say(std::string(level_of(field, language)));
        if (field.confidence != Confidence::high) {
            say((ja ? "確からしさ " : "confidence ") + std::string(word_of(field.confidence)));
        }
        fmt::print("{:3}  {}  {}  {}\n", ++number, padded_to(field.name, widest), padded_to(field.requirement_word, 8),
                   fmt::join(said, "  "));
    }
}

/// Never over a file that is there: it may be one that somebody has filled in.
int write_template(const SchemasOptions& options, SchemaLibrary& schemas, const CommonOptions& common) {
    const std::filesystem::path path = options.form;
    if (options.id.empty()) {
        throw UsageError("どの表の様式か、スキーマの ID も書いてください（kokai schemas v2/aed --template 様式.xlsx）",
                         "name the schema, too (kokai schemas v2/aed --template form.xlsx)");
    }
    if (path.extension() != ".xlsx") {
        throw UsageError("様式のファイル名は .xlsx で終わるようにしてください: " + options.form,
                         "the form is a workbook: give it a name that ends in .xlsx: " + options.form);
    }
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
        throw UsageError(options.form + " はもうあります。上書きしません。別の名前を書いてください",
                         options.form + " exists and is never overwritten: give another name");
    }
    const Schema& schema = schemas.schema(options.id);
    write_form(schema, path, options.form);
    if (common.json) {
        std::fputs((Json{{"schema", schema.id}, {"template", options.form}}.dump(2) + "\n").c_str(), stdout);
    } else {
        fmt::print("{}: {}\n", common.language == Language::en ? "written" : "作りました", options.form);
    }
    return 0;
}

}  // namespace

int schemas_command(const SchemasOptions& options, const CommonOptions& common) {
    SchemaLibrary schemas(common.schemas);
    const std::string& id = options.id;
    if (!options.form.empty()) {
        return write_template(options, schemas, common);
    }
    if (common.json) {
        Json all = Json::array();
        for (const std::string& one : schemas.ids()) {
            if (id.empty() || one == id) {
                all.push_back(json_of(schemas.schema(one), schemas.file(one)));
            }
        }
        if (!id.empty() && all.empty()) {
            schemas.schema(id);  // says that there is none
        }
        std::fputs((all.dump(2) + "\n").c_str(), stdout);
        return 0;
    }
    if (id.empty()) {
        for (const std::string& one : schemas.ids()) {
            const Schema& schema = schemas.schema(one);
            fmt::print("{}\t{}\t{}{}\n", one, schema.title, schema.fields.size(),
                       !schema.partial                   ? ""
                       : common.language == Language::en ? "\tpartial"
                                                         : "\t一部の項目のみ");
        }
        return 0;
    }
    print_schema(schemas.schema(id), common.language);
    return 0;
}

int stages_command(const CommonOptions& common) {
    if (common.json) {
        Json all = Json::array();
        for (const StageEntry& stage : stage_list()) {
            all.push_back({{"role", stage.role}, {"name", stage.name}, {"ja", stage.ja}, {"en", stage.en}});
        }
        std::fputs((all.dump(2) + "\n").c_str(), stdout);
        return 0;
    }
    for (const StageEntry& stage : stage_list()) {
        fmt::print("{}/{}\t{}\n", stage.role, stage.name, common.language == Language::en ? stage.en : stage.ja);
    }
    return 0;
}

}  // namespace kokai
