// SPDX-License-Identifier: Apache-2.0
#include "publish/journal.hpp"

#include "publish/output_folder.hpp"
#include "support/file.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <set>

namespace kokai {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> state_words{"intended", "sent", "confirmed", "done"};

std::string text_of(const JournalLine& line) {
    nlohmann::ordered_json json{{"dataset", line.dataset},
                                {"step", line.step},
                                {"state", state_words.at(static_cast<std::size_t>(line.state))}};
    if (!line.detail.empty()) {
        json["detail"] = line.detail;
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// Each line once, where it stood last: a dataset that fails in every run says the same in every run.
void drop_repeated(std::vector<JournalLine>& lines) {
    std::set<std::string> seen;
    std::vector<JournalLine> kept;
    std::reverse(lines.begin(), lines.end());
    for (JournalLine& line : lines) {
        if (seen.insert(text_of(line)).second) {
            kept.push_back(std::move(line));
        }
    }
    std::reverse(kept.begin(), kept.end());
    lines = std::move(kept);
}

}  // namespace

Journal::Journal(fs::path folder) : folder_(std::move(folder)), file_(folder_ / "journal.jsonl") {
    std::error_code ignored;
    if (!fs::is_regular_file(file_, ignored)) {
        return;
    }
    std::ifstream stream(file_, std::ios::binary);
    if (!stream) {
        throw_file_error(file_.string(), errno);
    }
    // Line by line: however long it has become, only what is unfinished is kept.
    for (std::string line; std::getline(stream, line) && !stream.eof();) {  // without \n: cut by a kill, was not begun
        const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
        if (!json.is_object() || !json.contains("dataset") || !json.contains("state")) {
            continue;
        }
        const std::string dataset = json.value("dataset", "");
        const auto* word = std::find(state_words.begin(), state_words.end(), json.value("state", ""));
        if (word == state_words.end()) {
            continue;
        }
        if (*word == "done") {
            open_.erase(dataset);
        } else {
            open_[dataset].push_back({dataset, json.value("step", ""),
                                      static_cast<JournalState>(word - state_words.begin()), json.value("detail", "")});
        }
    }
    for (auto& [dataset, lines] : open_) {
        drop_repeated(lines);
    }
}

Journal::~Journal() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

void Journal::open_for_writing() {
    if (descriptor_ >= 0) {
        return;
    }
    std::error_code error;
    fs::create_directories(folder_, error);
    descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor_ < 0) {
        throw_file_error(file_.string(), errno);
    }
    sync_folder(folder_);
    // A line that a kill has cut must not swallow the next one.
    const off_t end = ::lseek(descriptor_, 0, SEEK_END);
    char last = '\n';
    if (end > 0 && ::pread(descriptor_, &last, 1, end - 1) == 1 && last != '\n') {
        append("\n");
    }
}

void Journal::append(const std::string& text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const ssize_t wrote = ::write(descriptor_, text.data() + at, text.size() - at);
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote <= 0) {
            throw_file_error(file_.string(), errno);
        }
        at += static_cast<std::size_t>(wrote);
    }
}

void Journal::sync() const {
    if (::fdatasync(descriptor_) != 0) {
        throw_file_error(file_.string(), errno);
    }
}

void Journal::write(const JournalLine& line) {
    const std::lock_guard lock(mutex_);
    add(line);
}

void Journal::write_durably(const JournalLine& line) {
    {
        const std::lock_guard lock(mutex_);
        add(line);
    }
    sync();  // outside the lock: the others go on, and one flush takes the lines of several
}

void Journal::add(const JournalLine& line) {
    open_for_writing();
    append(text_of(line));
    open_[line.dataset].push_back(line);
}

std::vector<JournalLine> Journal::unfinished(const std::string& dataset) const {
    const std::lock_guard lock(mutex_);
    const auto found = open_.find(dataset);
    return found == open_.end() ? std::vector<JournalLine>() : found->second;
}

bool Journal::has_unfinished(const std::string& dataset) const {
    const std::lock_guard lock(mutex_);
    return open_.count(dataset) != 0;
}

void Journal::done(const std::string& dataset) {
    const std::lock_guard lock(mutex_);
    if (open_.erase(dataset) == 0) {
        return;
    }
    open_for_writing();
    append(nlohmann::ordered_json{{"dataset", dataset}, {"state", "done"}}.dump() + "\n");
}

void Journal::tidy() {
    const std::lock_guard lock(mutex_);
    if (descriptor_ < 0) {
        return;
    }
    if (open_.empty()) {
        if (::ftruncate(descriptor_, 0) != 0) {
            throw_file_error(file_.string(), errno);
        }
        return;
    }
    std::string text;
    for (auto& [dataset, lines] : open_) {
        drop_repeated(lines);
        for (const JournalLine& line : lines) {
            text += text_of(line);
        }
    }
    if (static_cast<off_t>(text.size()) < ::lseek(descriptor_, 0, SEEK_END)) {
        write_whole_file(file_, text);
        ::close(descriptor_);
        descriptor_ = -1;  // it was the former file's
    }
}

fs::path publication_folder(const fs::path& output, const std::string& target) {
    return output / ".state" / "publish" / target;
}

std::optional<std::string> read_published(const fs::path& folder, const std::string& id) {
    const fs::path file = folder / (id + ".json");
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) {
        return std::nullopt;
    }
    return read_small_file(file, file.string());
}

void write_published(const fs::path& folder, const std::string& id, std::string_view text) {
    fs::create_directories(folder);
    write_whole_file(folder / (id + ".json"), text);
}

void forget_published(const fs::path& folder, const std::string& id) {
    std::error_code ignored;
    fs::remove(folder / (id + ".json"), ignored);
    sync_folder(folder);
}

std::vector<std::string> published_ids(const fs::path& folder) {
    std::vector<std::string> ids;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".json" && !entry.path().filename().string().starts_with(".")) {
            ids.push_back(entry.path().stem().string());
        }
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

}  // namespace kokai
