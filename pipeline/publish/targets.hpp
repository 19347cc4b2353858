// SPDX-License-Identifier: Apache-2.0
// datasets/catalogs.json: where editions may be published. Says where secrets are, never holds one.
#pragma once

#include "publish/secrets.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

enum class TargetType : std::uint8_t { directory, ckan, s3, webdav };

struct TargetSpec {
    std::string name;
    TargetType type = TargetType::directory;
    std::string pointer;            // /catalogs/0
    unsigned parallel = 3;          // requests at the same time
    unsigned timeout = 60;          // seconds without progress
    std::filesystem::path ca_file;  // certificates beside the system's own; from the folder of catalogs.json

    std::string url;  // ckan, webdav; no / at the end
    // ckan
    std::string organization;
    std::vector<std::string> groups;
    std::string name_prefix;                                    // before the dataset's id, e.g. `102016_`
    std::vector<std::pair<std::string, std::string>> licenses;  // our licence id -> the catalog's
    std::uint64_t max_file_bytes = 0;                           // 0 = not known
    std::uint64_t request_bytes = 64ULL << 20U;                 // files sent in one request
    SecretSource token;
    // webdav
    SecretSource user, password;
    // s3
    std::string endpoint, region, bucket, prefix;
    SecretSource access_key, secret_key;
    // directory
    std::filesystem::path path;  // empty: output/catalog
    std::size_t editions = 0;    // how many former ones are kept; 0 = all
};

struct Targets {
    std::string file;              // as told in messages
    std::filesystem::path folder;  // paths in the file count from here
    std::vector<TargetSpec> all;   // without a file: the directory `local` alone
};

/// Reads `datasets`/catalogs.json. Throws LayoutError with every mistake.
Targets read_targets(const std::filesystem::path& datasets, const std::filesystem::path& schemas);

/// Throws UsageError, with the nearest name, when there is none.
const TargetSpec& target_named(const Targets& targets, const std::string& name);

}  // namespace kokai
