// SPDX-License-Identifier: Apache-2.0
// What a run works with besides its sources: schemas and dataset files, read on demand, every mistake at once.
#pragma once

#include "model/dataset.hpp"
#include "model/error.hpp"
#include "model/schema.hpp"

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace kokai {

/// The schemas folder. A schema is parsed when it is asked for, once.
class SchemaLibrary {
public:
    explicit SchemaLibrary(std::filesystem::path folder);

    /// Every id there is (v1/aed …), sorted.
    [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
    [[nodiscard]] const std::vector<std::string>& partners() const { return partners_; }
    /// Throws UsageError for an id that is not there (with the nearest one), LayoutError for a broken file.
    const Schema& schema(const std::string& id);
    /// The same with nothing in it but what its fields are called: of a schema that no table is made by.
    const Schema& names(const std::string& id);
    [[nodiscard]] bool has(const std::string& id) const;
    [[nodiscard]] std::filesystem::path file(const std::string& id) const { return folder_ / (id + ".json"); }
    [[nodiscard]] std::filesystem::path partner_file(const std::string& name) const;
    [[nodiscard]] std::filesystem::path lg_codes() const { return folder_ / "reference" / "lg-codes.csv"; }
    /// The names of 国土数値情報's fields (P29_004 …).
    [[nodiscard]] std::filesystem::path generic_names() const { return folder_ / "reference" / "ksj-fields.csv"; }
    /// Parameters of datum shifts.
    [[nodiscard]] std::filesystem::path grids() const { return folder_ / "reference" / "grids"; }
    [[nodiscard]] std::filesystem::path dataset_form() const { return folder_ / "dataset.schema.json"; }

private:
    std::filesystem::path folder_;
    std::vector<std::string> ids_, partners_;
    std::mutex mutex_;
    std::map<std::string, Schema> parsed_, named_;
};

/// A dataset's folder with what its file says.
struct DatasetFolder {
    Dataset dataset;
    std::filesystem::path folder;
    std::string shown;  // `aed/dataset.json`
};

/// The ids of all datasets in a folder, sorted. Throws WorldError when the folder is missing.
std::vector<std::string> dataset_ids(const std::filesystem::path& datasets);

/// Reads the named datasets. Throws UsageError for one that is not there, LayoutError with the mistakes of all files.
std::vector<DatasetFolder> load_datasets(const std::filesystem::path& datasets, const std::vector<std::string>& ids,
                                         SchemaLibrary& schemas);

/// In an order in which a dataset comes after those whose tables it reads. Throws LayoutError for a circle.
std::vector<std::size_t> in_order_of_need(const std::vector<DatasetFolder>& datasets);

}  // namespace kokai
