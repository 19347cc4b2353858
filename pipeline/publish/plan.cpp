// SPDX-License-Identifier: Apache-2.0
#include "publish/plan.hpp"

#include "publish/secrets.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

struct ActionWord {
    std::string_view id, ja, en;
};

// In the order of PlanAction.
constexpr std::array<ActionWord, 6> action_words{{{"leave", "変更なし", "leave"},
                                                  {"create", "新規", "create"},
                                                  {"change", "変更", "change"},
                                                  {"replace", "ファイル差し替え", "replace"},
                                                  {"orphaned", "手元にない", "orphaned"},
                                                  {"edited-there", "公開先で編集された", "edited there"}}};

const ActionWord& words_of(PlanAction action) {
    return action_words.at(static_cast<std::size_t>(action));
}

PlanAction action_of(const std::string& word) {
    for (std::size_t i = 0; i < action_words.size(); ++i) {
        if (action_words.at(i).id == word) {
            return static_cast<PlanAction>(i);
        }
    }
    throw Json::other_error::create(501, "no such action", nullptr);
}

Json json_of(const std::vector<FieldChange>& changes) {
    Json list = Json::array();
    for (const FieldChange& change : changes) {
        list.push_back({{"field", change.field}, {"from", change.from}, {"to", change.to}});
    }
    return list;
}

std::vector<FieldChange> changes_of(const Json& list) {
    std::vector<FieldChange> changes;
    for (const Json& change : list) {
        changes.push_back({change.at("field").get<std::string>(), change.at("from").get<std::string>(),
                           change.at("to").get<std::string>()});
    }
    return changes;
}

bool begins_letter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
}

/// One line of at most some 60 characters from `begin` on: a plan is read at a glance.
std::string shown(const std::string& text, std::size_t begin) {
    std::string line = printable(std::string_view(text).substr(begin));
    std::size_t letters = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (begins_letter(line[i]) && ++letters > 60) {
            line.resize(i);
            line += "…";
            break;
        }
    }
    return (begin == 0 ? "「" : "「…") + line + "」";
}

std::string change_lines(const std::vector<FieldChange>& changes, std::string_view mark) {
    std::string text;
    for (const FieldChange& change : changes) {
        text += fmt::format("    {} {}: {}\n", mark, change.field, shown_change(change.from, change.to));
    }
    return text;
}

std::string bytes_text(std::uint64_t bytes) {
    return bytes < 10'000       ? fmt::format("{} B", bytes)
           : bytes < 10'000'000 ? fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3)
                                : fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

bool is_sent(const PlannedFile& file) {
    return file.action == PlanAction::create || file.action == PlanAction::replace;
}

}  // namespace

std::string shown_change(const std::string& before, const std::string& after) {
    const std::string from = redact(before);  // first: of a secret that is cut the rest would not be known
    const std::string to = redact(after);
    std::size_t same = 0;
    while (same < from.size() && same < to.size() && from[same] == to[same]) {
        ++same;
    }
    // Some letters before the difference, if that leaves much away.
    std::size_t begin = same < 90 ? 0 : same - 30;
    while (begin > 0 && !(begins_letter(from[begin]))) {
        --begin;
    }
    return shown(from, begin) + " → " + shown(to, begin);
}

std::string_view action_word(PlanAction action) {
    return words_of(action).id;
}

PlanCounts counts_of(const PublicationPlan& plan) {
    PlanCounts counts;
    for (const PlannedDataset& dataset : plan.datasets) {
        std::size_t* const of[] = {&counts.leave,   &counts.create,   &counts.change,
                                   &counts.replace, &counts.orphaned, &counts.edited_there};
        ++*of[static_cast<std::size_t>(dataset.action)];
        for (const PlannedFile& file : dataset.files) {
            if (dataset.action != PlanAction::edited_there && is_sent(file)) {
                ++counts.files;
                counts.bytes += file.bytes;
            }
        }
    }
    return counts;
}

std::string plan_json(const PublicationPlan& plan) {
    Json json{{"format", PublicationPlan::format},
              {"target", plan.target},
              {"where", plan.where},
              {"remove_orphaned", plan.remove_orphaned},
              {"overwrite", plan.overwrite}};
    const PlanCounts counts = counts_of(plan);
    json["counts"] = {{"create", counts.create}, {"change", counts.change},     {"replace", counts.replace},
                      {"leave", counts.leave},   {"orphaned", counts.orphaned}, {"edited_there", counts.edited_there},
                      {"files", counts.files},   {"bytes", counts.bytes}};
    json["datasets"] = Json::array();
    for (const PlannedDataset& dataset : plan.datasets) {
        Json one{{"id", dataset.id},
                 {"remote", dataset.remote},
                 {"action", words_of(dataset.action).id},
                 {"edition", dataset.edition},
                 {"local_state", dataset.local_state},
                 {"remote_state", dataset.remote_state},
                 {"changes", json_of(dataset.changes)},
                 {"edits", json_of(dataset.edits)}};
        one["files"] = Json::array();
        for (const PlannedFile& file : dataset.files) {
            one["files"].push_back({{"key", file.key},
                                    {"path", file.path},
                                    {"remote", file.remote},
                                    {"action", words_of(file.action).id},
                                    {"changes", json_of(file.changes)},
                                    {"bytes", file.bytes},
                                    {"sha256", file.sha256}});
        }
        json["datasets"].push_back(std::move(one));
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

PublicationPlan plan_from_json(std::string_view text, const std::string& file_name) {
    PublicationPlan plan;
    try {
        const Json json = Json::parse(text);
        if (json.at("format").get<int>() != PublicationPlan::format) {
            throw Json::other_error::create(501, "another format", nullptr);
        }
        json.at("target").get_to(plan.target);
        json.at("where").get_to(plan.where);
        json.at("remove_orphaned").get_to(plan.remove_orphaned);
        json.at("overwrite").get_to(plan.overwrite);
        for (const Json& one : json.at("datasets")) {
            PlannedDataset dataset;
            one.at("id").get_to(dataset.id);
            one.at("remote").get_to(dataset.remote);
            dataset.action = action_of(one.at("action").get<std::string>());
            one.at("edition").get_to(dataset.edition);
            one.at("local_state").get_to(dataset.local_state);
            one.at("remote_state").get_to(dataset.remote_state);
            dataset.changes = changes_of(one.at("changes"));
            dataset.edits = changes_of(one.at("edits"));
            for (const Json& file : one.at("files")) {
                dataset.files.push_back({file.at("key").get<std::string>(), file.at("path").get<std::string>(),
                                         file.at("remote").get<std::string>(),
                                         action_of(file.at("action").get<std::string>()),
                                         changes_of(file.at("changes")), file.at("bytes").get<std::uint64_t>(),
                                         file.at("sha256").get<std::string>()});
            }
            plan.datasets.push_back(std::move(dataset));
        }
    } catch (const nlohmann::json::exception&) {
        throw LayoutError({{file_name, "", "kokai publish --plan が書いた計画ではないか、別の版の形式です",
                            "this is no plan that kokai publish --plan wrote, or one of another format"}});
    }
    return plan;
}

std::string plan_text(const PublicationPlan& plan, Language language) {
    const bool ja = language != Language::en;
    std::string text = fmt::format("{} → {} ({})\n", ja ? "公開の計画" : "plan", plan.target, plan.where);
    for (const PlannedDataset& dataset : plan.datasets) {
        const ActionWord& word = words_of(dataset.action);
        if (dataset.action == PlanAction::leave &&
            std::all_of(dataset.files.begin(), dataset.files.end(),
                        [](const PlannedFile& file) { return file.action == PlanAction::leave; })) {
            continue;
        }
        text += fmt::format("  {}  {}{}\n", ja ? word.ja : word.en, dataset.id,
                            dataset.remote == dataset.id ? "" : " → " + dataset.remote);
        text += change_lines(dataset.edits, ja ? "公開先での編集" : "edit there");
        text += change_lines(dataset.changes, "-");
        for (const PlannedFile& file : dataset.files) {
            if (file.action != PlanAction::leave) {
                const ActionWord& what = words_of(file.action);
                text += fmt::format("    {} {} ({})\n", ja ? what.ja : what.en, file.path, bytes_text(file.bytes));
                text += change_lines(file.changes, "  -");
            }
        }
    }
    const PlanCounts counts = counts_of(plan);
    text += fmt::format(
        fmt::runtime(ja ? "新規 {}、変更 {}、ファイル差し替え {}、変更なし {}、手元にない {}、公開先で編集された {}\n"
                          "送るもの: ファイル {} 件、{}\n"
                        : "create {}, change {}, replace {}, leave {}, orphaned {}, edited there {}\n"
                          "to send: {} files, {}\n"),
        counts.create, counts.change, counts.replace, counts.leave, counts.orphaned, counts.edited_there, counts.files,
        bytes_text(counts.bytes));
    if (counts.orphaned != 0 && !plan.remove_orphaned) {
        text += ja ? "手元にないものはそのまま残します。消すには --remove-orphaned を付けます\n"
                   : "what is orphaned stays: --remove-orphaned removes it\n";
    }
    if (counts.edited_there != 0) {
        text += ja ? "公開先で編集されたものは送りません。手元の値で上書きするには --overwrite 項目名（すべてなら "
                     "all）を付けます\n"
                   : "what was edited there is not sent: --overwrite FIELD (or all) writes our values over it\n";
    }
    return text;
}

}  // namespace kokai
