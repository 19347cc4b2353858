// SPDX-License-Identifier: Apache-2.0
#include "publish/static_record.hpp"

#include <nlohmann/json.hpp>

#include <exception>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;
constexpr int record_format = 1;

}  // namespace

std::string to_json_text(const StaticRecord& record) {
    Json json{{"format", record_format}};
    if (record.entry) {
        json["entry"] = to_json_text(*record.entry);
        for (const KeptEdition& one : record.entry->kept) {
            json["kept"].push_back(
                {{"sequence", one.sequence}, {"withdrawn", one.withdrawn}, {"entry", to_json_text(one.entry)}});
        }
    }
    json["files"] = Json::object();
    for (const auto& [path, file] : record.files) {
        json["files"][path] = {{"bytes", file.bytes}, {"sha256", file.sha256}, {"version", file.version}};
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<StaticRecord> static_record_from(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        if (json.at("format").get<int>() != record_format) {
            return std::nullopt;
        }
        StaticRecord record;
        if (json.contains("entry")) {
            record.entry = from_json_text(json["entry"].get<std::string>());
            for (const Json& one : json.value("kept", Json::array())) {
                record.entry->kept.push_back({one.at("sequence").get<std::uint64_t>(), one.at("withdrawn").get<bool>(),
                                              from_json_text(one.at("entry").get<std::string>())});
            }
        }
        for (const auto& [path, file] : json.at("files").items()) {
            record.files[path] = {file.at("bytes").get<std::uint64_t>(), file.at("sha256").get<std::string>(),
                                  file.at("version").get<std::string>()};
        }
        return record;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace kokai
