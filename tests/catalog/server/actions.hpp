// SPDX-License-Identifier: Apache-2.0
// The actions of CKAN's API that a publisher needs, by name. An action answers with what stands under "result", or
// refuses.
#pragma once

#include "document.hpp"

#include <chrono>
#include <mutex>
#include <string>

namespace kokai::loopback {

struct Limits {
    std::size_t largest_file = 10U * 1024U * 1024U;  ///< ckan.max_resource_size
    /// Between reading and writing in the actions that read without a lock: the time in which another writer's change
    /// is lost.
    std::chrono::milliseconds pause{0};
};

struct Call {
    Store& store;
    const Limits& limits;
    const Caller& caller;
    RequestData& data;
    std::unique_lock<std::mutex>& lock;

    /// data_dict[field], or "Missing value".
    [[nodiscard]] std::string text(const char* field) const;
    [[nodiscard]] std::string text_or(const char* field, const std::string& otherwise) const;
    void pause() const;
};

using Action = Json (*)(Call&);

enum class Effect { reads, writes };

struct ActionEntry {
    const char* name;
    Effect effect;
    Action run;
};

/// Null: "Action name not known".
[[nodiscard]] const ActionEntry* find_action(std::string_view name);

/// The dataset, if the caller may see it.
[[nodiscard]] Dataset& readable(Call& call, const std::string& id_or_name);
void must_update(const Call& call, const Dataset& dataset);

Json package_create(Call& call);
Json package_show(Call& call);
Json package_update(Call& call);
Json package_patch(Call& call);
Json package_revise(Call& call);
Json package_delete(Call& call);
Json dataset_purge(Call& call);
Json package_resource_reorder(Call& call);
Json package_activity_list(Call& call);

Json resource_create(Call& call);
Json resource_show(Call& call);
Json resource_update(Call& call);
Json resource_patch(Call& call);
Json resource_delete(Call& call);

Json package_search(Call& call);
Json package_list(Call& call);
Json current_package_list_with_resources(Call& call);
Json resource_search(Call& call);
Json tag_list(Call& call);

Json organization_create(Call& call);
Json organization_member_create(Call& call);
Json organization_show(Call& call);
Json organization_list(Call& call);
Json organization_list_for_user(Call& call);
Json group_create(Call& call);
Json group_list(Call& call);
Json group_show(Call& call);
Json user_show(Call& call);
Json api_token_create(Call& call);
Json api_token_list(Call& call);
Json api_token_revoke(Call& call);

}  // namespace kokai::loopback
