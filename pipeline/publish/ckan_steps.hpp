// SPDX-License-Identifier: Apache-2.0
// One dataset's way into CKAN: private first, files with their digests, read back, public last. Every step is in the
// journal before it is taken; what may have happened is looked at before it is repeated.
#pragma once

#include "publish/ckan_client.hpp"
#include "publish/ckan_compare.hpp"
#include "publish/journal.hpp"
#include "publish/target.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

/// All that is known of a dataset when its turn comes.
struct CkanTask {
    const LocalDataset* local = nullptr;
    CkanDocument document;
    CkanWork work;
    nlohmann::json package;                                      // null when it is not there yet
    std::optional<CkanPublished> last, former;                   // former: published under another name
    std::optional<std::pair<std::string, std::string>> refusal;  // why it cannot be published, in both languages
};

class CkanSteps {
public:
    CkanSteps(CkanShared& shared, CkanClient& client, Journal& journal, std::filesystem::path folder, CkanTask& task);

    /// Until the public sees what was meant, or an exception says why not.
    DatasetOutcome publish();

private:
    using Send = std::function<CkanAnswer(const std::string& modified)>;
    using IsDone = std::function<bool(const nlohmann::json& package)>;

    void check_local_files() const;
    void begin();
    void create();
    void revise();
    void remove_orphans();
    /// The file to be sent that the catalog may find too large, if the public would be left with half an edition then.
    [[nodiscard]] const CkanFileWork* doubtful() const;
    [[nodiscard]] std::vector<std::vector<CkanFileWork>> batches() const;
    void send_batch(const std::vector<CkanFileWork>& batch, const CkanFields& changes, const std::string& step);
    void read_back();
    void make_public();
    void look_at_the_end();

    void take(const std::string& step, const Send& send, const IsDone& is_done);
    /// The package as it is now; null when it is not there.
    nlohmann::json look();
    [[noreturn]] void stale(const nlohmann::json& now) const;
    [[nodiscard]] bool ours_unchanged(const nlohmann::json& now) const;

    CkanShared& shared_;
    CkanClient& client_;
    Journal& journal_;
    std::filesystem::path folder_;
    CkanTask& task_;
    DatasetOutcome outcome_;
};

/// Fails with the catalog's exit code, naming the dataset.
[[noreturn]] void throw_catalog_error(const std::string& dataset, const std::string& ja, const std::string& en);

}  // namespace kokai
