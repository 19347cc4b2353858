// SPDX-License-Identifier: Apache-2.0
#include "command/give_back.hpp"

#include "engine/finding_log.hpp"
#include "model/error.hpp"
#include "publish/output_folder.hpp"
#include "write/annotate/annotated.hpp"
#include "write/annotate/list_sheet.hpp"
#include "write/annotate/remarks.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

struct File {
    GivenSource source;
    RemarkList list;
    bool workbook = false;
};

/// One for each file, however many sheets of it are sources.
std::vector<File> files_of(const DatasetResult& result, const std::vector<GivenSource>& sources) {
    std::vector<File> files;
    for (const GivenSource& source : sources) {
        if (std::none_of(files.begin(), files.end(),
                         [&](const File& one) { return one.source.shown == source.shown; })) {
            files.push_back({source, {}, false});
            files.back().list.file = fs::path(source.shown).filename().string();
        }
    }
    std::uint64_t kept = 0;
    std::uint64_t all = 0;
    for (const TableResult& table : result.tables) {
        for (const SourceInfo& info : table.outcome.sources) {
            for (File& file : files) {
                file.workbook = file.workbook || (file.source.shown == info.file && info.format == "xlsx");
            }
        }
        for (const FindingText& finding : table.outcome.log.details()) {
            const auto named = std::find_if(files.begin(), files.end(), [&](const File& one) {
                return finding.file == one.source.shown ||
                       finding.file.starts_with(one.source.shown + "/");  // in a ZIP
            });
            if (!files.empty()) {  // what is about the table as a whole stands with its first source
                (named == files.end() ? files.begin() : named)->list.remarks.push_back(remark_of(finding));
            }
            ++kept;
        }
        for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
            all += table.outcome.log.count(severity);
        }
    }
    for (File& file : files) {
        RemarkList& list = file.list;
        const bool only = files.size() == 1;
        const auto count = [&](Severity severity) {
            return only ? result.count(severity)
                        : static_cast<std::uint64_t>(
                              std::count_if(list.remarks.begin(), list.remarks.end(),
                                            [&](const Remark& one) { return one.severity == severity; }));
        };
        list.errors = count(Severity::error);
        list.warnings = count(Severity::warning);
        list.notes = count(Severity::note);
        list.left_out = all - kept;
        put_in_order(list.remarks);
        if (list.remarks.size() > most_listed) {
            list.left_out += list.remarks.size() - most_listed;
            list.remarks.resize(most_listed);
        }
    }
    std::erase_if(files, [](const File& file) { return file.source.borrowed && file.list.remarks.empty(); });
    return files;
}

/// A name that is neither taken nor that of a source.
std::string free_stem(const std::string& wanted, const std::vector<GivenSource>& sources, const fs::path& goal,
                      std::set<std::string>& taken) {
    for (int number = 1;; ++number) {
        std::string stem = number == 1 ? wanted : fmt::format("{}_{}", wanted, number);
        const bool is_source = std::any_of(sources.begin(), sources.end(), [&](const GivenSource& one) {
            std::error_code ignored;
            return one.path.stem() == stem &&
                   fs::equivalent(one.path.parent_path().empty() ? "." : one.path.parent_path(), goal, ignored);
        });
        if (!is_source && taken.insert(stem).second) {
            return stem;
        }
    }
}

}  // namespace

std::vector<std::string> give_back(const DatasetResult& result, const std::vector<GivenSource>& sources,
                                   const fs::path& folder, const fs::path& goal) {
    std::vector<std::string> written;
    std::set<std::string> taken;
    std::vector<File> files = files_of(result, sources);
    for (File& file : files) {
        const std::string prefix = files.size() == 1 ? std::string() : fs::path(file.list.file).stem().string() + ".";
        if (file.workbook) {
            try {
                const std::string stem = free_stem(prefix + "annotated", sources, goal, taken);
                written.push_back(write_annotated(file.source.path, file.list, folder, stem));
                continue;
            } catch (const Interrupted&) {
                throw;
            } catch (const Error& error) {  // a full disk is told by the next attempt
                file.list.note = "元のブックに印を付けられなかったので、一覧だけを作りました: " + printable(error.ja());
            }
        }
        const std::string name = free_stem(prefix + "findings", sources, goal, taken) + ".xlsx";
        write_findings_book(folder / name, name, file.list);
        written.push_back(name);
    }
    return written;
}

std::vector<std::string> give_back_beside(const DatasetResult& result, const std::vector<GivenSource>& sources,
                                          const fs::path& goal, std::string& trouble) {
    std::error_code failed;
    fs::create_directories(goal, failed);
    std::string made = (goal / ".kokai-XXXXXX").string();
    if (failed || ::mkdtemp(made.data()) == nullptr) {
        trouble = goal.string();
        return {};
    }
    std::vector<std::string> written;
    try {
        written = give_back(result, sources, made, goal);
        for (const std::string& name : written) {
            fs::rename(fs::path(made) / name, goal / name);
        }
    } catch (const Interrupted&) {
        fs::remove_all(made, failed);
        throw;
    } catch (const std::exception& error) {
        trouble = goal.string() + ": " + error.what();
        written.clear();
    }
    fs::remove_all(made, failed);
    return written;
}

std::string given_back_text(const std::vector<std::string>& files, const fs::path& folder, Language language) {
    std::string text;
    for (const std::string& name : files) {
        text += fmt::format("{}: {}\n", language == Language::en ? "findings marked in" : "印を付けたファイル",
                            (folder / name).string());
    }
    return text;
}

std::string give_back_trouble_text(const std::string& trouble, Language language) {
    if (trouble.empty()) {
        return {};
    }
    return fmt::format("{}: {}\n",
                       language == Language::en
                           ? "no marked file was written (name a folder with --out)"
                           : "印を付けたファイルを置けませんでした（--out で置き場所を指定できます）",
                       printable(trouble));
}

}  // namespace kokai
