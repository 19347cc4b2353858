// SPDX-License-Identifier: Apache-2.0
// What a publication was about to do, had sent, and has confirmed: one line each. A run that was killed is continued
// from it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class JournalState : std::uint8_t { intended, sent, confirmed };

struct JournalLine {
    std::string dataset, step;
    JournalState state = JournalState::intended;
    std::string detail;  // the target's own JSON text; may be empty
};

/// `output/.state/publish/<target>/journal.jsonl`. Safe from several threads.
class Journal {
public:
    /// Reads what a former run left. A last line that was cut is no line.
    explicit Journal(std::filesystem::path folder);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    Journal(Journal&&) = delete;
    Journal& operator=(Journal&&) = delete;

    /// Written when it returns, so that it outlives a killed program.
    void write(const JournalLine& line);
    /// On the disk when it returns, so that it outlives a power cut, too: what is meant, before anything is sent. The
    /// steps after it can be found out at the target, and the end is in `write_published`.
    void write_durably(const JournalLine& line);

    /// Lines of a dataset since its last `done()`, in order: what a killed run left unfinished.
    [[nodiscard]] std::vector<JournalLine> unfinished(const std::string& dataset) const;
    [[nodiscard]] bool has_unfinished(const std::string& dataset) const;
    /// The dataset is as it should be: its lines no longer count.
    void done(const std::string& dataset);

    /// Writes the file anew with what is unfinished, each line once: one dataset that always fails must not let it
    /// grow.
    void tidy();

private:
    void open_for_writing();
    void append(const std::string& text);
    void add(const JournalLine& line);
    void sync() const;

    std::filesystem::path folder_, file_;
    int descriptor_ = -1;
    mutable std::mutex mutex_;
    std::map<std::string, std::vector<JournalLine>> open_;
};

/// `output/.state/publish/<target>`
std::filesystem::path publication_folder(const std::filesystem::path& output, const std::string& target);

/// What was last confirmed of a dataset at a target: `<folder>/<id>.json`, the target's own JSON text.
std::optional<std::string> read_published(const std::filesystem::path& folder, const std::string& id);
void write_published(const std::filesystem::path& folder, const std::string& id, std::string_view text);
void forget_published(const std::filesystem::path& folder, const std::string& id);
/// Ids with such a file, sorted.
std::vector<std::string> published_ids(const std::filesystem::path& folder);

}  // namespace kokai
