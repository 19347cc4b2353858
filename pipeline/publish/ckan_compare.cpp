// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_compare.hpp"

#include "support/hash.hpp"

#include <algorithm>
#include <set>

namespace kokai {
namespace {

using Json = nlohmann::json;

std::string value_in(const CkanFields& fields, const std::string& key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string() : found->second;
}

enum class Verdict : std::uint8_t { leave, change, edited };

/// One value, three ways. `last` and `seen` are null where nothing was published yet.
Verdict judge(const std::string& key, const std::string& local, const std::string& now, const std::string* last,
              const std::string* seen, const std::vector<std::string>& intended) {
    if (same_in_ckan(key, local, now)) {
        return Verdict::leave;
    }
    if (last != nullptr && (now == *seen || same_in_ckan(key, now, *last))) {
        return same_in_ckan(key, local, *last) ? Verdict::leave : Verdict::change;  // only written in CKAN's own way
    }
    if (std::any_of(intended.begin(), intended.end(),
                    [&](const std::string& one) { return same_in_ckan(key, one, now); })) {
        return Verdict::change;
    }
    return last == nullptr && now.empty() ? Verdict::change : Verdict::edited;
}

class Comparison {
public:
    Comparison(const CatalogEntry& entry, const CkanDocument& document, const CkanKnown& known,
               const PublishOptions& options)
        : entry_(entry), document_(document), known_(known), options_(options) {}

    CkanWork all() {
        work_.planned.id = entry_.id;
        work_.planned.remote = document_.name;
        work_.planned.edition = entry_.edition;
        work_.planned.local_state = local_state();
        work_.planned.remote_state = ckan_state(known_.package);
        if (known_.package != nullptr) {
            package();
        } else if (known_.last && value_in(known_.last->sent, "state") != "deleted" &&
                   !is_overwritten("state", options_.overwrite)) {
            edited("state", "deleted", "active");  // somebody took away what we published
        }
        for (std::size_t i = 0; i < document_.files.size(); ++i) {
            file(i);
        }
        if (known_.package != nullptr) {
            orphans();
        }
        work_.planned.action = action();
        return std::move(work_);
    }

private:
    std::string local_state() const {
        CkanPublished all = intended_as(entry_, document_);
        all.sent.erase("owner_org");  // an id of the catalog's
        all.seen.clear();
        for (auto& [key, one] : all.files) {
            one.seen.clear();
        }
        return sha256_hex(published_json(all)).substr(0, 32);
    }

    void edited(const std::string& field, const std::string& now, const std::string& local) {
        work_.planned.edits.push_back({field, now, local});
    }

    void package() {
        std::set<std::string> keys;
        for (const auto& [key, value] : document_.fields) {
            keys.insert(key);
        }
        if (known_.last) {
            for (const auto& [key, value] : known_.last->sent) {
                keys.insert(key);
            }
        }
        for (const CkanPublished& one : known_.intended) {
            for (const auto& [key, value] : one.sent) {
                keys.insert(key);
            }
        }
        for (const std::string& key : keys) {
            const std::string local = value_in(document_.fields, key);
            const std::string now = ckan_value(*known_.package, key);
            std::vector<std::string> intended;
            for (const CkanPublished& one : known_.intended) {
                intended.push_back(value_in(one.sent, key));
                if (key == "private" && one.package_id.empty()) {
                    intended.emplace_back("true");  // a creation that was cut: it is private until it is whole
                }
            }
            const std::string last = known_.last ? value_in(known_.last->sent, key) : "";
            const std::string seen = known_.last ? value_in(known_.last->seen, key) : "";
            const bool has_last = known_.last.has_value();
            Verdict verdict = judge(key, local, now, has_last ? &last : nullptr, has_last ? &seen : nullptr, intended);
            if (verdict == Verdict::edited) {
                if (!is_overwritten(key, options_.overwrite)) {
                    // What we no longer have an opinion about, and never wrote so, is none of ours.
                    if (!(local.empty() && last.empty())) {
                        edited(key, now, local);
                    }
                    continue;
                }
                verdict = Verdict::change;
            }
            if (verdict == Verdict::change) {
                work_.changes[key] = local;
                work_.planned.changes.push_back({key, now, local});
            }
        }
    }

    /// Whether the content there is what is local: by what was read, else, where nothing has moved since
    /// we confirmed it, by what we wrote beside it.
    Verdict content(const CkanFile& local, const Json& resource, const CkanPublishedFile* last) const {
        const std::string digest = value_in(local.fields, "sha256");
        const std::string told = ckan_resource_value(resource, "sha256");
        if (const auto read = known_.digests.find(local.key); read != known_.digests.end()) {
            if (read->second == digest) {
                return Verdict::leave;
            }
            const bool ours =
                (last != nullptr && read->second == value_in(last->sent, "sha256")) ||
                std::any_of(known_.intended.begin(), known_.intended.end(), [&](const CkanPublished& one) {
                    const auto found = one.files.find(local.key);
                    return found != one.files.end() && value_in(found->second.sent, "sha256") == read->second;
                });
            // An upload that was cut has left no file, or an empty one. Anything else somebody put there.
            static const std::string of_nothing = sha256_hex("");
            return ours || read->second.empty() || read->second == of_nothing ? Verdict::change : Verdict::edited;
        }
        const std::string size = ckan_resource_value(resource, "size");
        if (last == nullptr || ckan_resource_value(resource, "last_modified") != last->last_modified ||
            (!size.empty() && size != std::to_string(last->bytes))) {
            return Verdict::edited;  // somebody put another file there, or nobody has looked at what it is
        }
        // Saved once in the portal's form, a resource has lost fields that CKAN does not know; its own `hash` stays.
        const bool is_told = told == digest || (told.empty() && ckan_resource_value(resource, "hash") == digest);
        if (is_told && (size.empty() || size == std::to_string(local.bytes))) {
            return Verdict::leave;
        }
        return Verdict::change;
    }

    void file(std::size_t index) {
        const CkanFile& local = document_.files[index];
        PlannedFile planned{
            local.key, local.path, local.id, PlanAction::leave, {}, local.bytes, value_in(local.fields, "sha256")};
        CkanFileWork work{index, false, false, {}};
        const Json* resource = known_.package == nullptr ? nullptr : ckan_resource(*known_.package, local.id);
        const CkanPublishedFile* last = nullptr;
        if (known_.last) {
            const auto found = known_.last->files.find(local.key);
            last = found == known_.last->files.end() ? nullptr : &found->second;
        }
        const std::string field = "files." + local.key;
        if (resource == nullptr) {
            planned.action = PlanAction::create;
            if (last != nullptr && known_.package != nullptr && !is_overwritten(field, options_.overwrite)) {
                edited(field, "", local.file_name);  // somebody removed it
                planned.action = PlanAction::edited_there;
            } else {
                work.create = work.send = true;
            }
        } else {
            existing(local, *resource, last, planned, work);
        }
        if (work.create || work.send || !work.changes.empty()) {
            work_.files.push_back(std::move(work));
        }
        work_.planned.files.push_back(std::move(planned));
    }

    void existing(const CkanFile& local, const Json& resource, const CkanPublishedFile* last, PlannedFile& planned,
                  CkanFileWork& work) {
        const std::string place = "files." + local.key;
        Verdict verdict = content(local, resource, last);
        if (verdict == Verdict::edited) {
            if (is_overwritten(place, options_.overwrite)) {
                verdict = Verdict::change;
            } else {
                edited(place,
                       "sha256 " + ckan_resource_value(resource, "sha256").substr(0, 12) + ", " +
                           ckan_resource_value(resource, "size") + " B, " +
                           ckan_resource_value(resource, "last_modified"),
                       "sha256 " + planned.sha256.substr(0, 12) + ", " + std::to_string(local.bytes) + " B");
                planned.action = PlanAction::edited_there;
            }
        }
        if (verdict == Verdict::change) {
            planned.action = PlanAction::replace;
            work.send = true;
        }
        for (const auto& [key, value] : local.fields) {
            const std::string now = ckan_resource_value(resource, key);
            if (key == "sha256") {
                if (now != value && verdict != Verdict::edited) {
                    work.changes[key] = value;
                    if (verdict == Verdict::leave) {  // else it goes with the content and is no news of its own
                        planned.changes.push_back({key, now, value});
                        planned.action = PlanAction::change;
                    }
                }
                continue;
            }
            std::vector<std::string> intended;
            for (const CkanPublished& one : known_.intended) {
                if (const auto found = one.files.find(local.key); found != one.files.end()) {
                    intended.push_back(value_in(found->second.sent, key));
                }
            }
            const std::string sent = last == nullptr ? "" : value_in(last->sent, key);
            const std::string seen = last == nullptr ? "" : value_in(last->seen, key);
            const Verdict field =
                judge(key, value, now, last == nullptr ? nullptr : &sent, last == nullptr ? nullptr : &seen, intended);
            const std::string named = place + "." + key;
            if (field == Verdict::change || (field == Verdict::edited && is_overwritten(named, options_.overwrite))) {
                work.changes[key] = value;
                planned.changes.push_back({key, now, value});
                planned.action = planned.action == PlanAction::leave ? PlanAction::change : planned.action;
            } else if (field == Verdict::edited) {
                edited(named, now, value);
            }
        }
    }

    /// Files of ours that are no longer local.
    void orphans() {
        std::set<std::string> seen;
        const auto look = [&](const std::map<std::string, CkanPublishedFile>& files) {
            for (const auto& [key, file] : files) {
                const std::string& id = file.id;
                const bool local = std::any_of(document_.files.begin(), document_.files.end(),
                                               [&](const CkanFile& one) { return one.id == id; });
                if (!local && ckan_resource(*known_.package, file.id) != nullptr && seen.insert(file.id).second) {
                    work_.planned.files.push_back({key,
                                                   file.file_name,
                                                   file.id,
                                                   PlanAction::orphaned,
                                                   {},
                                                   file.bytes,
                                                   value_in(file.sent, "sha256")});
                    if (options_.remove_orphaned) {
                        work_.removals.push_back(file.id);
                    }
                }
            }
        };
        if (known_.last) {
            look(known_.last->files);
            look(known_.last->left);
        }
        for (const CkanPublished& one : known_.intended) {
            look(one.files);
        }
    }

    PlanAction action() const {
        if (!work_.planned.edits.empty()) {
            return PlanAction::edited_there;
        }
        if (known_.package == nullptr) {
            return PlanAction::create;
        }
        if (std::any_of(work_.files.begin(), work_.files.end(), [](const CkanFileWork& one) { return one.send; })) {
            return PlanAction::replace;
        }
        return work_.changes.empty() && work_.files.empty() && work_.removals.empty() ? PlanAction::leave
                                                                                      : PlanAction::change;
    }

    const CatalogEntry& entry_;
    const CkanDocument& document_;
    const CkanKnown& known_;
    const PublishOptions& options_;
    CkanWork work_;
};

}  // namespace

bool is_overwritten(const std::string& field, const std::vector<std::string>& overwrite) {
    return std::any_of(overwrite.begin(), overwrite.end(), [&](const std::string& one) {
        return one == "all" || one == field || field.starts_with(one + ".");
    });
}

CkanWork compare_ckan(const CatalogEntry& entry, const CkanDocument& document, const CkanKnown& known,
                      const PublishOptions& options) {
    return Comparison(entry, document, known, options).all();
}

}  // namespace kokai
