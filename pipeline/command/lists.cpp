// SPDX-License-Identifier: Apache-2.0
#include "command/lists.hpp"

#include "command/assemble.hpp"
#include "command/library.hpp"
#include "model/schema_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word_of(Requirement requirement) {
    switch (requirement) {
    case Requirement::required:
        return "必須";
    case Requirement::likely_required:
        return "必須?";
    case Requirement::recommended:
        return "推奨";
    case Requirement::optional:
        return "任意";
    case Requirement::unknown:
        break;
    }
    return "不明";
}

Json json_of(const Schema& schema) {
    return {{"id", schema.id},
            {"standard", schema.standard},
            {"title", schema.title},
            {"title_en", schema.title_en},
            {"edition", schema.edition},
            {"file_name", schema.file_name},
            {"partial", schema.partial},
            {"primary_key", schema.primary_key},
            {"fields", Json::parse(schema_fields_json(schema))}};
}

}  // namespace

int schemas_command(const std::string& id, const CommonOptions& common) {
    SchemaLibrary schemas(common.schemas);
    if (common.json) {
        Json all = Json::array();
        for (const std::string& one : schemas.ids()) {
            if (id.empty() || one == id) {
                all.push_back(json_of(schemas.schema(one)));
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
            fmt::print("{}\t{}\t{}\n", one, schema.title, schema.fields.size());
        }
        return 0;
    }
    const Schema& schema = schemas.schema(id);
    fmt::print("{} {} ({})\n", schema.id, schema.title, schema.title_en);
    std::size_t number = 0;
    for (const Field& field : schema.fields) {
        fmt::print("{:3}  {}\t{}\t{}{}{}\n", ++number, field.name, word_of(field.requirement), field.type,
                   field.allowed.empty() ? "" : fmt::format(" [{}]", fmt::join(field.allowed, "|")),
                   field.example.empty() ? "" : "\t" + field.example);
    }
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
