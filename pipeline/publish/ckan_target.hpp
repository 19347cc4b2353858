// SPDX-License-Identifier: Apache-2.0
// The target `ckan`: one writer a dataset, several datasets at the same time.
#pragma once

#include "publish/ckan_client.hpp"
#include "publish/ckan_steps.hpp"
#include "publish/journal.hpp"
#include "publish/target.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

class CkanTarget : public PublishTarget {
public:
    explicit CkanTarget(const TargetContext& context);

    [[nodiscard]] std::vector<Mistake> preflight(const std::vector<LocalDataset>& local) override;
    PublicationPlan plan(const std::vector<LocalDataset>& local, const PublishOptions& options) override;
    PublicationResult apply(const std::vector<std::string>& wanted) override;
    PublicationResult verify(const std::vector<LocalDataset>& local) override;
    [[nodiscard]] bool unfinished(const std::string& dataset) const override;

private:
    using Work = std::function<void(CkanClient& client, std::size_t index)>;

    /// Runs `work` for 0 … count-1 on as many threads as the target may be asked by.
    void side_by_side(std::size_t count, const Work& work);
    CkanShared& shared();
    /// Who we are there, the organization's id, its licences. Throws when the token does not let us publish.
    void meet(CkanClient& client);
    /// The dataset cannot be published there; the others can.
    void refuse(CkanTask& task, const std::string& ja, const std::string& en);
    void prepare(CkanClient& client, CkanTask& task, const PublishOptions& options);
    /// Reads the files there that no confirmed publication of ours speaks for.
    void read_unproven(CkanClient& client, const CkanTask& task, CkanKnown& known);
    void find_orphans(const std::vector<LocalDataset>& local);
    /// Whether the package is gone; `answer` is the catalog's last word.
    static bool delete_package(CkanClient& client, const std::string& package, CkanAnswer& answer);
    void remove_orphan(CkanClient& client, const std::string& id, DatasetOutcome& outcome);
    DatasetOutcome settle(CkanClient& client, CkanTask& task);
    void remember_unchanged(const CkanTask& task);
    DatasetOutcome verify_one(CkanClient& client, const LocalDataset& local);
    void verify_files(CkanClient& client, const CkanPublished& meant, const nlohmann::json& package,
                      DatasetOutcome& outcome);

    TargetContext context_;
    std::filesystem::path folder_;
    Journal journal_;
    CkanSite site_;
    std::unique_ptr<CkanShared> shared_;
    std::vector<LocalDataset> local_;
    std::vector<CkanTask> tasks_;
    std::vector<PlannedDataset> orphans_;
    PublishOptions options_;
};

}  // namespace kokai
