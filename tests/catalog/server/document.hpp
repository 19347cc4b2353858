// SPDX-License-Identifier: Apache-2.0
// A dataset's document as package_create, package_update, package_patch and package_revise write it: judged whole, then
// kept.
#pragma once

#include "form.hpp"
#include "rules.hpp"
#include "store.hpp"

namespace kokai::loopback {

/// Who asks. No user: anonymous, whatever the token looked like.
struct Caller {
    const User* user = nullptr;
    Language language = Language::english;

    [[nodiscard]] std::string name() const { return user == nullptr ? "" : user->name; }
};

enum class Right { read, update, create_dataset };

/// Whether the caller may do this with the organization's datasets.
[[nodiscard]] bool allowed(const Store& store, const Caller& caller, const std::string& organization, Right right);

/// In a resource of a document: under which name of the form its file came.
inline constexpr const char* file_mark = "\x01"
                                         "file";

/// What CKAN does with a resource that brings a file, before anything is judged: url, url_type, last_modified, type of
/// file.
enum class SizeGiven { believed, measured };
void take_upload(Json& resource, const std::map<std::string, UploadedFile>& files, SizeGiven size);

struct WriteResult {
    std::string id;
    std::vector<std::string> resource_ids;  ///< in the order of the document, repeated ids repeated
};

/// Judges the document and writes it. `existing` null: makes a new dataset. The files of the resources are stored one
/// after the other and the document last, so that a file that is too large leaves those before it replaced (recording
/// 10).
WriteResult write_document(Store& store, const Caller& caller, const Json& document, Dataset* existing,
                           const std::map<std::string, UploadedFile>& files, std::size_t largest_file);

void add_activity(Store& store, const Caller& caller, const Dataset& dataset, const char* type);

}  // namespace kokai::loopback
