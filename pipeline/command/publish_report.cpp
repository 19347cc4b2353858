// SPDX-License-Identifier: Apache-2.0
#include "command/publish_report.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

struct Sums {
    std::size_t right = 0, untouched = 0, wrong = 0, files = 0;
};

Sums sums_of(const PublicationResult& result) {
    Sums sums;
    for (const DatasetOutcome& dataset : result.datasets) {
        sums.files += dataset.verified_files;
        if (dataset.exit != Exit::done) {
            ++sums.wrong;
        } else {
            ++(dataset.action == PlanAction::leave ? sums.untouched : sums.right);
        }
    }
    return sums;
}

}  // namespace

std::string result_json(const PublicationResult& result, const std::string& target) {
    const Sums sums = sums_of(result);
    Json json{{"target", target}, {"exit", static_cast<int>(result.exit())}};
    json["summary"] = {{"published", sums.right},     {"unchanged", sums.untouched},
                       {"failed", sums.wrong},        {"verified_files", sums.files},
                       {"requests", result.requests}, {"sent_bytes", result.sent_bytes}};
    json["datasets"] = Json::array();
    for (const DatasetOutcome& dataset : result.datasets) {
        Json one{{"id", dataset.id},
                 {"action", action_word(dataset.action)},
                 {"exit", static_cast<int>(dataset.exit)},
                 {"url", dataset.where},
                 {"verified_files", dataset.verified_files},
                 {"sent_bytes", dataset.sent_bytes}};
        if (!dataset.wrong.empty()) {
            one["wrong"] = dataset.wrong;
        }
        if (dataset.exit != Exit::done) {
            one["message_ja"] = dataset.ja;
            one["message_en"] = dataset.en;
        }
        json["datasets"].push_back(std::move(one));
    }
    const auto failed = std::find_if(result.datasets.begin(), result.datasets.end(),
                                     [&](const DatasetOutcome& one) { return one.exit == result.exit(); });
    if (result.exit() != Exit::done && failed != result.datasets.end()) {
        json["error"] = {{"exit", static_cast<int>(failed->exit)},
                         {"file", failed->id},
                         {"where", target},
                         {"message_ja", failed->ja},
                         {"message_en", failed->en}};
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string result_text(const PublicationResult& result, const std::string& target, bool only_verified,
                        Language language) {
    const bool ja = language != Language::en;
    std::string text;
    for (const DatasetOutcome& dataset : result.datasets) {
        if (dataset.exit == Exit::done && dataset.action == PlanAction::orphaned) {
            text += dataset.id + (ja ? ": 取り下げを確認しました\n" : ": removed, and gone for the public\n");
            continue;
        }
        if (dataset.exit == Exit::done && dataset.action != PlanAction::leave) {
            text += fmt::format(fmt::runtime(ja ? "{}: 公開を確認しました（ファイル {} 件）{}\n"
                                                : "{}: published and read back ({} files){}\n"),
                                dataset.id, dataset.verified_files, dataset.where.empty() ? "" : " " + dataset.where);
        }
    }
    const Sums sums = sums_of(result);
    if (only_verified) {
        return text +
               fmt::format(fmt::runtime(ja ? "{}: 公開したとおり {} 件、違うもの {} 件（読み戻したファイル {} 件）\n"
                                           : "{}: as published {}, not so {} ({} files read back)\n"),
                           target, sums.untouched + sums.right, sums.wrong, sums.files);
    }
    return text +
           fmt::format(
               fmt::runtime(ja ? "{}: 確認できた公開 {} 件（ファイル {} 件）、変更なし {} 件、できなかったもの {} 件\n"
                               : "{}: published and verified {} ({} files), unchanged {}, failed {}\n"),
               target, sums.right, sums.files, sums.untouched, sums.wrong);
}

std::string trouble_text(const PublicationResult& result, Language language) {
    std::string text;
    for (const DatasetOutcome& dataset : result.datasets) {
        if (dataset.exit != Exit::done) {
            text += dataset.id + ": " + (language == Language::en ? dataset.en : dataset.ja) + "\n";
        }
        for (const std::string& wrong : dataset.wrong) {
            text += "  " + dataset.id + ": " + wrong + "\n";
        }
    }
    return text;
}

}  // namespace kokai
