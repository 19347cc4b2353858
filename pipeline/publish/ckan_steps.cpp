// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_steps.hpp"

#include "publish/output_folder.hpp"
#include "support/file_digest.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kokai {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t most_files = 100;              // in one request; Werkzeug takes a form of 1,000 parts
constexpr std::uint64_t smallest_limit = 1U << 20U;  // ckan.max_resource_size is in whole MiB

std::string value_in(const CkanFields& fields, const std::string& key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string() : found->second;
}

bool has_values(const Json& package, const CkanFields& fields) {
    return std::all_of(fields.begin(), fields.end(), [&](const auto& field) {
        return same_in_ckan(field.first, ckan_value(package, field.first), field.second);
    });
}

}  // namespace

void throw_catalog_error(const std::string& dataset, const std::string& ja, const std::string& en) {
    throw Error(Exit::catalog, dataset, "", redact(ja), redact(en));
}

CkanSteps::CkanSteps(CkanShared& shared, CkanClient& client, Journal& journal, fs::path folder, CkanTask& task)
    : shared_(shared), client_(client), journal_(journal), folder_(std::move(folder)), task_(task) {
    outcome_.id = task.local->entry.id;
    outcome_.action = task.work.planned.action;
    outcome_.where = shared.spec.url + "/dataset/" + task.document.name;
}

DatasetOutcome CkanSteps::publish() {
    const bool is_new = task_.package.is_null();
    const std::uint64_t before = client_.sent_bytes();
    check_local_files();
    begin();
    if (is_new) {
        create();
    }
    revise();
    read_back();
    remove_orphans();  // only now: a run that ends before has taken nothing from the public
    make_public();
    look_at_the_end();
    outcome_.sent_bytes = client_.sent_bytes() - before;
    return std::move(outcome_);
}

void CkanSteps::check_local_files() const {
    for (const CkanFileWork& work : task_.work.files) {
        const CkanFile& file = task_.document.files[work.index];
        if (!work.send) {
            continue;
        }
        const fs::path path = task_.local->folder / file.path;
        if (digest_of_file(path) != value_in(file.fields, "sha256")) {
            throw WorldError(
                path.string(),
                "ファイルが検査のあとで変わっています。送りません。kokai run " + outcome_.id + " で作り直してください",
                "the file has changed since it was checked and is not sent: make it again with kokai run " +
                    outcome_.id);
        }
    }
}

void CkanSteps::begin() {
    CkanPublished intended = intended_as(task_.local->entry, task_.document);
    intended.package_id = task_.package.is_null() ? "" : ckan_value(task_.package, "id");
    journal_.write_durably({outcome_.id, "begin", JournalState::intended, published_json(intended)});
}

Json CkanSteps::look() {
    const CkanAnswer answer = client_.read("package_show", "id=" + percent_encoded(task_.document.name));
    if (answer.trouble == Trouble::not_found) {
        return nullptr;
    }
    if (answer.trouble != Trouble::none) {
        throw_catalog_error(outcome_.id, answer.ja, answer.en);
    }
    return answer.result;
}

bool CkanSteps::ours_unchanged(const Json& now) const {
    if (task_.package.is_null() || now.is_null() || ckan_value(now, "id") != ckan_value(task_.package, "id")) {
        return false;
    }
    for (const auto& [key, value] : task_.document.fields) {
        if (ckan_value(now, key) != ckan_value(task_.package, key)) {
            return false;
        }
    }
    return std::all_of(task_.document.files.begin(), task_.document.files.end(), [&](const CkanFile& file) {
        const Json* before = ckan_resource(task_.package, file.id);
        const Json* after = ckan_resource(now, file.id);
        if (before == nullptr || after == nullptr) {
            return before == after;
        }
        return ckan_resource_value(*before, "last_modified") == ckan_resource_value(*after, "last_modified") &&
               std::all_of(file.fields.begin(), file.fields.end(), [&](const auto& field) {
                   return ckan_resource_value(*before, field.first) == ckan_resource_value(*after, field.first);
               });
    });
}

void CkanSteps::stale(const Json& now) const {
    std::string what;
    for (const auto& [key, value] : task_.document.fields) {
        const std::string before = task_.package.is_null() ? "" : ckan_value(task_.package, key);
        if (const std::string after = now.is_null() ? "" : ckan_value(now, key); before != after) {
            what += "\n  " + key + ": " + shown_change(before, after);
        }
    }
    throw Error(Exit::gate, outcome_.id, "",
                "公開先がこの間にほかの人によって書き換えられました。計画を作り直してください（" +
                    ckan_value(now.is_null() ? Json::object() : now, "metadata_modified") + "）" + what,
                "somebody else changed the dataset meanwhile: make the plan again (" +
                    ckan_value(now.is_null() ? Json::object() : now, "metadata_modified") + ")" + what);
}

void CkanSteps::take(const std::string& step, const Send& send, const IsDone& is_done) {
    journal_.write({outcome_.id, step, JournalState::intended, ""});
    bool looked = false;
    unsigned servers = 0;
    for (unsigned tries = 1;; ++tries) {
        const std::string modified = task_.package.is_null() ? "" : ckan_value(task_.package, "metadata_modified");
        CkanAnswer answer = send(modified);
        NextStep next = next_step(Doing::write, answer.trouble, tries, looked);
        if (answer.wait > longest_wait) {
            throw_catalog_error(
                outcome_.id,
                fmt::format("公開先が {} 秒後にと言っています。あとでもう一度実行してください", answer.wait),
                fmt::format("the target says: not before {} seconds. Run it again later", answer.wait));
        }
        if (next == NextStep::accept) {
            Json& result = answer.result;
            task_.package = result.is_object() && result.contains("package") ? result["package"] : result;
            if (!task_.package.is_object() || !task_.package.contains("metadata_modified")) {
                task_.package = look();
            }
            journal_.write({outcome_.id, step, JournalState::sent, ""});
            return;
        }
        if (next == NextStep::give_up) {
            throw_catalog_error(outcome_.id, answer.ja, answer.en);
        }
        if (next == NextStep::repeat) {
            wait_patiently(pause_before(tries, answer.wait));
            continue;
        }
        // Look: it may have happened, or somebody else may have written.
        if (next == NextStep::look) {
            wait_patiently(pause_before(tries, answer.wait));
        }
        Json now = look();
        if (!now.is_null() && is_done(now)) {
            task_.package = std::move(now);
            journal_.write({outcome_.id, step, JournalState::sent, ""});
            return;
        }
        servers += answer.trouble == Trouble::server ? 1 : 0;
        const bool has_limit =
            answer.trouble == Trouble::refused || answer.trouble == Trouble::not_found || servers > 1;
        if (has_limit || tries >= 5) {
            throw_catalog_error(outcome_.id, answer.ja, answer.en);
        }
        const bool untouched = now.is_null()
                                   ? task_.package.is_null()
                                   : !task_.package.is_null() && ckan_value(now, "metadata_modified") == modified;
        if (!untouched && !ours_unchanged(now)) {
            stale(now);
        }
        if (!untouched) {
            task_.package = std::move(now);  // others changed what is not ours: theirs stays
        }
        looked = true;
    }
}

void CkanSteps::create() {
    const Json body = create_body(task_.document);
    CkanFields meant = task_.document.fields;
    meant["private"] = "true";
    take(
        "create", [&](const std::string&) { return client_.write("package_create", body); },
        [&](const Json& now) { return has_values(now, meant); });
    task_.work.changes.clear();
}

void CkanSteps::remove_orphans() {
    if (task_.work.removals.empty()) {
        return;
    }
    take(
        "remove",
        [&](const std::string& modified) {
            Json filter = Json::array();
            for (const std::string& id : task_.work.removals) {
                filter.push_back("-resources__" + id);
            }
            return client_.write(
                "package_revise",
                {{"match", {{"name", task_.document.name}, {"metadata_modified", modified}}}, {"filter", filter}});
        },
        [&](const Json& now) {
            return std::all_of(task_.work.removals.begin(), task_.work.removals.end(),
                               [&](const std::string& id) { return ckan_resource(now, id) == nullptr; });
        });
}

const CkanFileWork* CkanSteps::doubtful() const {
    if (ckan_value(task_.package, "private") != "false" || shared_.spec.max_file_bytes != 0) {
        return nullptr;
    }
    std::uint64_t taken = smallest_limit;  // what it has taken before, it takes again
    for (const auto& [key, file] : task_.last ? task_.last->files : std::map<std::string, CkanPublishedFile>()) {
        taken = std::max(taken, file.bytes);
    }
    const CkanFileWork* largest = nullptr;
    for (const CkanFileWork& work : task_.work.files) {
        const std::uint64_t bytes = work.send ? task_.document.files[work.index].bytes : 0;
        if (bytes > taken) {
            taken = bytes;
            largest = &work;
        }
    }
    return largest;
}

std::vector<std::vector<CkanFileWork>> CkanSteps::batches() const {
    std::vector<std::vector<CkanFileWork>> batches;
    const CkanFileWork* const alone = doubtful();
    if (alone != nullptr) {
        // CKAN keeps what came before a file that it refuses. Refused first, nothing is touched yet.
        batches.push_back({*alone});
    }
    batches.emplace_back();
    std::uint64_t bytes = 0;
    for (const CkanFileWork& work : task_.work.files) {
        if (&work == alone) {
            continue;
        }
        const std::uint64_t size = work.send ? task_.document.files[work.index].bytes : 0;
        if (!batches.back().empty() &&
            (bytes + size > shared_.spec.request_bytes || batches.back().size() >= most_files)) {
            batches.emplace_back();
            bytes = 0;
        }
        bytes += size;
        batches.back().push_back(work);
    }
    return batches;
}

void CkanSteps::revise() {
    CkanFields changes = task_.work.changes;
    changes.erase("private");  // last of all
    const std::vector<std::vector<CkanFileWork>> all = batches();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool last = i + 1 == all.size();
        if (all[i].empty() && changes.empty()) {
            continue;
        }
        // What is said of the data changes with the last of the files.
        send_batch(all[i], last ? changes : CkanFields(), fmt::format("files {}/{}", i + 1, all.size()));
    }
}

void CkanSteps::send_batch(const std::vector<CkanFileWork>& batch, const CkanFields& changes, const std::string& step) {
    const auto send = [&](const std::string& modified) {
        std::vector<CkanFormPart> parts;
        const auto add = [&](const std::string& name, const std::string& text) {
            parts.push_back({name, text, {}, {}, {}, 0});
        };
        add("match", Json{{"name", task_.document.name}, {"metadata_modified", modified}}.dump());
        if (!changes.empty()) {
            add("update", update_body(task_.package, changes).dump());
        }
        Json extend = Json::array();
        for (const CkanFileWork& work : batch) {
            const CkanFile& file = task_.document.files[work.index];
            if (work.create) {
                Json one(file.fields);
                one["id"] = file.id;
                one["hash"] = value_in(file.fields, "sha256");
                one["url_type"] = "upload";
                one["url"] = file.file_name;
                extend.push_back(std::move(one));
            }
        }
        if (!extend.empty()) {
            add("update__resources__extend", extend.dump());
        }
        for (const CkanFileWork& work : batch) {
            const CkanFile& file = task_.document.files[work.index];
            const std::string place = "update__resources__" + file.id + "__";
            if (!work.create) {
                for (const auto& [key, value] : work.changes) {
                    add(place + key, revise_text(value));
                }
                if (work.send) {
                    add(place + "hash", revise_text(value_in(file.fields, "sha256")));
                }
            }
            if (work.send) {
                parts.push_back({place + "upload",
                                 {},
                                 task_.local->folder / file.path,
                                 file.file_name,
                                 value_in(file.fields, "mimetype"),
                                 file.bytes});
            }
        }
        return client_.write_form("package_revise", parts);
    };
    const auto is_done = [&](const Json& now) {
        return has_values(now, changes) && std::all_of(batch.begin(), batch.end(), [&](const CkanFileWork& work) {
                   const CkanFile& file = task_.document.files[work.index];
                   const Json* resource = ckan_resource(now, file.id);
                   if (resource == nullptr ||
                       ckan_resource_value(*resource, "sha256") != value_in(file.fields, "sha256")) {
                       return false;
                   }
                   return std::all_of(work.changes.begin(), work.changes.end(), [&](const auto& field) {
                       return same_in_ckan(field.first, ckan_resource_value(*resource, field.first), field.second);
                   });
               });
    };
    take(step, send, is_done);
}

void CkanSteps::read_back() {
    // Twice: what was half written by an answer that got lost is sent once more.
    for (int round = 0;; ++round) {
        std::vector<CkanFileWork> wrong;
        std::string ja;
        std::string en;
        const As as = ckan_value(task_.package, "private") == "false" ? As::anybody : As::ourselves;
        std::size_t right = 0;
        for (const CkanFileWork& work : task_.work.files) {
            const CkanFile& file = task_.document.files[work.index];
            if (!work.send) {
                continue;
            }
            const CkanDownload got =
                client_.download(ckan_value(task_.package, "id"), file.id, file.file_name, file.bytes, as);
            if (got.trouble == Trouble::none && got.sha256 == value_in(file.fields, "sha256")) {
                ++right;
                continue;
            }
            wrong.push_back(work);
            wrong.back().create = false;
            wrong.back().changes["sha256"] = value_in(file.fields, "sha256");
            ja += "\n  " + file.path + ": " +
                  (got.trouble == Trouble::none ? fmt::format("{} バイトの違う中身", got.bytes) : got.ja);
            en += "\n  " + file.path + ": " +
                  (got.trouble == Trouble::none ? fmt::format("another content of {} bytes", got.bytes) : got.en);
        }
        if (wrong.empty()) {
            outcome_.verified_files = right;
            return;
        }
        if (round == 1) {
            throw_catalog_error(outcome_.id, "送ったファイルを読み戻すと違っていました" + ja,
                                "what was read back is not what was sent" + en);
        }
        std::vector<CkanFileWork> all = std::move(task_.work.files);
        task_.work.files = std::move(wrong);
        task_.work.changes.erase("private");
        const CkanFields kept = std::move(task_.work.changes);
        task_.work.changes.clear();
        task_.package = look();
        revise();
        task_.work.files = std::move(all);
        task_.work.changes = kept;
    }
}

void CkanSteps::make_public() {
    if (value_in(task_.document.fields, "private") != "false" || ckan_value(task_.package, "private") != "true") {
        return;
    }
    take(
        "public",
        [&](const std::string& modified) {
            return client_.write("package_revise",
                                 {{"match", {{"name", task_.document.name}, {"metadata_modified", modified}}},
                                  {"update", {{"private", false}}}});
        },
        [](const Json& now) { return ckan_value(now, "private") == "false"; });
}

void CkanSteps::look_at_the_end() {
    // As anybody sees it.
    const CkanAnswer answer = client_.read("package_show", "id=" + percent_encoded(task_.document.name), As::anybody);
    if (answer.trouble != Trouble::none) {
        throw_catalog_error(outcome_.id, "公開したはずのデータセットが見えません: " + answer.ja,
                            "the dataset is not to be seen by the public: " + answer.en);
    }
    CkanPublished meant = intended_as(task_.local->entry, task_.document);
    if (task_.last) {
        // A catalog that writes a value in its own way did so the last time, too.
        for (auto& [key, seen] : meant.seen) {
            if (value_in(task_.last->sent, key) == seen) {
                seen = value_in(task_.last->seen, key);
            }
        }
    }
    std::string what;
    for (const FieldChange& one : ckan_differences(meant, answer.result)) {
        what += "\n  " + one.field + ": " + shown_change(one.from, one.to);
    }
    for (const std::string& id : task_.work.removals) {
        if (const Json* still = ckan_resource(answer.result, id)) {
            what += "\n  " + ckan_resource_value(*still, "name") + ": まだあります / still there";
        }
    }
    if (!what.empty()) {
        throw_catalog_error(outcome_.id, "公開されたものが送ったものと違います" + what,
                            "what is public is not what was sent" + what);
    }
    CkanPublished published = published_as(task_.local->entry, task_.document, answer.result);
    remember_left(published, task_.work.planned, answer.result);
    write_published(folder_, outcome_.id, published_json(published));
    journal_.write({outcome_.id, "public", JournalState::confirmed, ""});
    journal_.done(outcome_.id);
}

}  // namespace kokai
