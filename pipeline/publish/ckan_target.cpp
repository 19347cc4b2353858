// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_target.hpp"

#include "publish/ckan_preflight.hpp"
#include "support/interrupt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

namespace kokai {
namespace {

using Json = nlohmann::json;

DatasetOutcome failed(const std::string& id, PlanAction action, const Error& error) {
    DatasetOutcome outcome;
    outcome.id = id;
    outcome.action = action;
    outcome.exit = error.exit();
    const std::string file = error.file().empty() || error.file() == id ? "" : error.file() + ": ";
    outcome.ja = redact(file + error.ja());
    outcome.en = redact(file + error.en());
    return outcome;
}

DatasetOutcome edited_outcome(const PlannedDataset& planned) {
    DatasetOutcome outcome;
    outcome.id = planned.id;
    outcome.action = PlanAction::edited_there;
    outcome.exit = Exit::gate;
    std::string fields;
    for (const FieldChange& edit : planned.edits) {
        fields += (fields.empty() ? "" : ",") + edit.field;
    }
    outcome.ja = "公開先で編集されているので送りませんでした。手元の値で上書きするには --overwrite " + fields;
    outcome.en = "not sent, for it was edited at the target; to write our values over it: --overwrite " + fields;
    return outcome;
}

}  // namespace

CkanTarget::CkanTarget(const TargetContext& context)
    : context_(context), folder_(publication_folder(context.output, context.spec.name)), journal_(folder_) {
    site_.url = context.spec.url;
    site_.organization_id = context.spec.organization;
    site_.name_prefix = context.spec.name_prefix;
    site_.groups = context.spec.groups;
    site_.licenses = context.spec.licenses;
}

CkanShared& CkanTarget::shared() {
    if (!shared_) {
        std::vector<Mistake> mistakes;
        Secret token = read_secret(context_.spec.token, context_.secrets_folder, context_.catalogs_file, mistakes);
        if (!mistakes.empty()) {
            throw LayoutError(std::move(mistakes));
        }
        shared_ = std::make_unique<CkanShared>(context_.spec, std::move(token));
    }
    return *shared_;
}

std::vector<Mistake> CkanTarget::preflight(const std::vector<LocalDataset>& local) {
    std::vector<Mistake> mistakes;
    for (const LocalDataset& one : local) {
        const std::vector<Mistake> found = ckan_preflight(one.entry, context_.spec);
        mistakes.insert(mistakes.end(), found.begin(), found.end());
    }
    return mistakes;
}

bool CkanTarget::unfinished(const std::string& dataset) const {
    return journal_.has_unfinished(dataset);
}

void CkanTarget::side_by_side(std::size_t count, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto run = [&] {
        try {
            CkanClient client(shared());
            for (std::size_t i = next++; i < count; i = next++) {
                stop_if_interrupted();
                work(client, i);
                const std::lock_guard lock(mutex);
                if (context_.progress) {
                    context_.progress(static_cast<double>(++done) / static_cast<double>(count));
                }
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            failure = failure ? failure : std::current_exception();
            next = count;
        }
    };
    shared();  // the token is read before there are threads
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min<std::size_t>(context_.spec.parallel, count); ++i) {
        threads.emplace_back(run);
    }
    run();
    for (std::thread& thread : threads) {
        thread.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

void CkanTarget::meet(CkanClient& client) {
    // A wrong or expired token is no error for CKAN: one is simply nobody.
    const CkanAnswer organizations = client.read("organization_list_for_user", "permission=create_dataset");
    if (organizations.trouble != Trouble::none) {
        throw_catalog_error(context_.spec.name, organizations.ja, organizations.en);
    }
    std::string others;
    bool found = false;
    for (const Json& one : organizations.result) {
        const std::string name = ckan_value(one, "name");
        const std::string id = ckan_value(one, "id");
        if (name == context_.spec.organization || id == context_.spec.organization) {
            site_.organization_id = id;
            found = true;
        }
        others += (others.empty() ? "" : " ") + name;
    }
    if (!found) {
        throw_catalog_error(
            context_.spec.name,
            others.empty() ? "このトークンで公開できる組織が一つもありません。トークンが間違っているか、期限が切れたか"
                             "、編集者の権限がありません"
                           : "このトークンでは組織「" + context_.spec.organization +
                                 "」に公開できません。公開できる組織: " + others,
            others.empty()
                ? "with this token there is no organization to publish for: it is wrong, has expired, or is no editor's"
                : "with this token nothing can be published for the organization " + context_.spec.organization +
                      "; there is: " + others);
    }
    const CkanAnswer licenses = client.read("license_list", "");
    if (licenses.trouble != Trouble::none) {
        throw_catalog_error(context_.spec.name, licenses.ja, licenses.en);
    }
    site_.offered.clear();
    for (const Json& one : licenses.result) {
        site_.offered.emplace_back(ckan_value(one, "id"), ckan_value(one, "url"));
    }
}

void CkanTarget::refuse(CkanTask& task, const std::string& ja, const std::string& en) {
    PlannedDataset& planned = task.work.planned;
    planned.id = task.local->entry.id;
    planned.remote = task.document.name;
    planned.action = PlanAction::edited_there;
    planned.edition = task.local->entry.edition;
    planned.edits.push_back({"owner_org", ckan_value(task.package, "owner_org"), site_.organization_id});
    task.refusal = std::make_pair(ja, en);
}

void CkanTarget::prepare(CkanClient& client, CkanTask& task, const PublishOptions& options) {
    const std::string& id = task.local->entry.id;
    task.document = ckan_document(task.local->entry, site_);
    // As the public first: with the token CKAN may answer from a search index that is behind.
    const std::string which = "id=" + percent_encoded(task.document.name);
    CkanAnswer answer = client.read("package_show", which, As::anybody);
    const bool hidden = answer.status == 403;
    if (hidden) {
        answer = client.read("package_show", which);
    }
    if (hidden && answer.trouble == Trouble::none && ckan_value(answer.result, "private") == "false" &&
        ckan_value(answer.result, "state") == "active") {
        throw_catalog_error(
            id,
            "公開先の答えが食い違っています（公開中と言いながら、だれでも見られる形では見えません）。公開先の"
            "検索の索引が古いようです。時間をおいてもう一度実行してください",
            "the catalog contradicts itself: it calls the dataset public and hides it from the public; its "
            "search index seems to be behind. Run it again later");
    }
    if (answer.status == 403) {
        refuse(task, answer.ja, answer.en);  // somebody else's, and not public
        return;
    }
    if (answer.trouble != Trouble::none && answer.trouble != Trouble::not_found) {
        throw_catalog_error(id, answer.ja, answer.en);
    }
    task.package = answer.trouble == Trouble::none ? answer.result : Json(nullptr);
    CkanKnown known;
    if (const auto text = read_published(folder_, id)) {
        known.last = published_from_json(*text);
    }
    if (known.last && known.last->name != task.document.name) {
        task.former = std::move(known.last);  // under another name_prefix: that one is an orphan now
        known.last.reset();
    }
    for (const JournalLine& line : journal_.unfinished(id)) {
        if (auto intended = published_from_json(line.detail); intended && intended->name == task.document.name) {
            known.intended.push_back(std::move(*intended));
        }
    }
    if (!task.package.is_null() && !known.last && known.intended.empty()) {
        const std::string owner = ckan_value(task.package, "owner_org");
        const bool has_ours =
            std::any_of(task.document.files.begin(), task.document.files.end(),
                        [&](const CkanFile& one) { return ckan_resource(task.package, one.id) != nullptr; });
        if (ckan_value(task.package, "state") == "deleted" && !has_ours) {
            task.package = nullptr;  // somebody's of long ago; its name is free
        } else if (!owner.empty() && owner != site_.organization_id) {
            refuse(
                task,
                "「" + task.document.name +
                    "」という名前は、公開先の別の組織がもう使っています。catalogs.json の name_prefix で区別できます",
                "another organization there has a dataset named " + task.document.name +
                    " already: name_prefix in catalogs.json keeps them apart");
            return;
        }
    }
    known.package = task.package.is_null() ? nullptr : &task.package;
    if (known.package != nullptr) {
        read_unproven(client, task, known);
    }
    task.last = known.last;
    task.work = compare_ckan(task.local->entry, task.document, known, options);
}

void CkanTarget::read_unproven(CkanClient& client, const CkanTask& task, CkanKnown& known) {
    // A run was killed in the middle, or this machine no longer knows what it published: what the fields beside a file
    // say of it is then no proof.
    const bool deleted = ckan_value(task.package, "state") == "deleted";
    for (const CkanFile& file : task.document.files) {
        const bool proven = known.intended.empty() && known.last && known.last->files.count(file.key) != 0;
        if (proven || ckan_resource(task.package, file.id) == nullptr) {
            continue;
        }
        const CkanDownload got = client.download(ckan_value(task.package, "id"), file.id, file.file_name,
                                                 file.bytes + (64U << 20U), As::ourselves);
        std::string& digest = known.digests[file.key];
        if (got.trouble == Trouble::none) {
            digest = got.sha256;
        } else if (got.trouble == Trouble::server && !deleted) {
            digest = "unreadable";  // nobody's file for all we know: asked about, and --overwrite helps
        } else if (got.trouble != Trouble::not_found && !deleted) {
            throw_catalog_error(task.local->entry.id, file.path + ": 公開先のファイルを読めません: " + got.ja,
                                file.path + ": the file there cannot be read: " + got.en);
        }
    }
}

void CkanTarget::find_orphans(const std::vector<LocalDataset>& local) {
    orphans_.clear();
    for (const std::string& id : published_ids(folder_)) {
        const bool is_local =
            std::any_of(local.begin(), local.end(), [&](const LocalDataset& one) { return one.entry.id == id; });
        const auto text = is_local ? std::nullopt : read_published(folder_, id);
        const auto former = text ? published_from_json(*text) : std::nullopt;
        if (former && former->sent.count("state") != 0 && former->sent.at("state") != "deleted") {
            PlannedDataset orphan;
            orphan.id = id;
            orphan.remote = former->name;
            orphan.action = PlanAction::orphaned;
            orphan.edition = former->edition;
            orphan.remote_state = former->package_id;
            orphans_.push_back(std::move(orphan));
        }
    }
}

PublicationPlan CkanTarget::plan(const std::vector<LocalDataset>& local, const PublishOptions& options) {
    local_ = local;
    options_ = options;
    tasks_.assign(local_.size(), CkanTask());
    {
        CkanClient client(shared());
        meet(client);
    }
    side_by_side(local_.size(), [&](CkanClient& client, std::size_t i) {
        tasks_[i].local = &local_[i];
        prepare(client, tasks_[i], options);
    });
    orphans_.clear();
    if (options.all) {
        find_orphans(local_);
    }
    PublicationPlan plan;
    plan.target = context_.spec.name;
    plan.where = context_.spec.url;
    plan.remove_orphaned = options.remove_orphaned;
    plan.overwrite = options.overwrite;
    for (const CkanTask& task : tasks_) {
        plan.datasets.push_back(task.work.planned);
    }
    plan.datasets.insert(plan.datasets.end(), orphans_.begin(), orphans_.end());
    return plan;
}

void CkanTarget::remember_unchanged(const CkanTask& task) {
    const std::string& id = task.local->entry.id;
    if (!task.last || journal_.has_unfinished(id) || task.last->edition != task.local->entry.edition) {
        CkanPublished published = published_as(task.local->entry, task.document, task.package);
        remember_left(published, task.work.planned, task.package);
        write_published(folder_, id, published_json(published));
        journal_.done(id);
    }
}

DatasetOutcome CkanTarget::settle(CkanClient& client, CkanTask& task) {
    const PlannedDataset& planned = task.work.planned;
    if (task.refusal) {
        return failed(planned.id, planned.action,
                      Error(Exit::catalog, planned.id, "", task.refusal->first, task.refusal->second));
    }
    if (planned.action == PlanAction::edited_there) {
        return edited_outcome(planned);
    }
    if (planned.action == PlanAction::leave) {
        remember_unchanged(task);
        DatasetOutcome outcome;
        outcome.id = planned.id;
        outcome.where = context_.spec.url + "/dataset/" + planned.remote;
        return outcome;
    }
    if (task.former) {
        write_published(folder_, planned.id + "@" + task.former->name, published_json(*task.former));
    }
    try {
        return CkanSteps(shared(), client, journal_, folder_, task).publish();
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        return failed(planned.id, planned.action, error);
    }
}

bool CkanTarget::delete_package(CkanClient& client, const std::string& package, CkanAnswer& answer) {
    for (unsigned tries = 1;; ++tries) {
        answer = client.write("package_delete", {{"id", package}});
        // As ourselves: for anybody else a private dataset looks like one that is gone.
        const CkanAnswer after = client.read("package_show", "id=" + percent_encoded(package));
        if (after.trouble == Trouble::not_found ||
            (after.trouble == Trouble::none && ckan_value(after.result, "state") == "deleted") ||
            (after.status == 403 && answer.trouble == Trouble::none)) {
            return true;
        }
        const NextStep next = next_step(Doing::write, answer.trouble, tries, false);
        const bool again = next == NextStep::repeat || next == NextStep::look;
        if (!again || tries >= 5 || answer.wait > longest_wait) {
            return false;
        }
        wait_patiently(pause_before(tries, answer.wait));
    }
}

void CkanTarget::remove_orphan(CkanClient& client, const std::string& id, DatasetOutcome& outcome) {
    outcome.action = PlanAction::orphaned;
    const auto orphan = std::find_if(orphans_.begin(), orphans_.end(), [&](const auto& one) { return one.id == id; });
    journal_.write_durably({id, "delete", JournalState::intended, ""});
    CkanAnswer answer;
    if (!delete_package(client, orphan->remote_state, answer)) {
        outcome.exit = Exit::catalog;
        outcome.ja = "消せませんでした: " + (answer.ja.empty() ? "公開先にまだあります" : answer.ja);
        outcome.en = "could not be removed: " + (answer.en.empty() ? "it is still there" : answer.en);
        return;
    }
    // Remembered as taken away by us: when the dataset comes back, so does the one there.
    if (const auto text = read_published(folder_, id)) {
        if (auto former = published_from_json(*text)) {
            former->sent["state"] = former->seen["state"] = "deleted";
            write_published(folder_, id, published_json(*former));
        }
    }
    journal_.done(id);
}

PublicationResult CkanTarget::apply(const std::vector<std::string>& wanted) {
    const auto is_wanted = [&](const std::string& id) {
        return wanted.empty() || std::find(wanted.begin(), wanted.end(), id) != wanted.end();
    };
    std::vector<std::string> orphans;
    for (const PlannedDataset& orphan : orphans_) {
        if (options_.remove_orphaned && is_wanted(orphan.id)) {
            orphans.push_back(orphan.id);
        }
    }
    std::vector<CkanTask*> tasks;
    for (CkanTask& task : tasks_) {
        if (is_wanted(task.local->entry.id)) {
            tasks.push_back(&task);
        }
    }
    PublicationResult result;
    result.datasets.resize(tasks.size() + orphans.size());
    side_by_side(result.datasets.size(), [&](CkanClient& client, std::size_t i) {
        if (i < tasks.size()) {
            result.datasets[i] = settle(client, *tasks[i]);
        } else {
            result.datasets[i].id = orphans[i - tasks.size()];
            remove_orphan(client, orphans[i - tasks.size()], result.datasets[i]);
        }
    });
    journal_.tidy();
    result.requests = shared().requests;
    result.sent_bytes = shared().sent_bytes;
    return result;
}

void CkanTarget::verify_files(CkanClient& client, const CkanPublished& meant, const Json& package,
                              DatasetOutcome& outcome) {
    for (const auto& [key, file] : meant.files) {
        if (ckan_resource(package, file.id) == nullptr) {
            continue;  // told among the differences
        }
        const CkanDownload got =
            client.download(ckan_value(package, "id"), file.id, file.file_name, file.bytes, As::anybody);
        const auto digest = file.sent.find("sha256");
        if (got.trouble == Trouble::none && digest != file.sent.end() && got.sha256 == digest->second) {
            ++outcome.verified_files;
        } else {
            outcome.wrong.push_back(
                got.trouble == Trouble::none && got.bytes > file.bytes
                    ? fmt::format("{}: 中身が違います（{} バイトより長い） / another content (more than {} bytes)",
                                  file.path, file.bytes, file.bytes)
                : got.trouble == Trouble::none
                    ? fmt::format("{}: 中身が違います（{} バイト） / another content ({} bytes)", file.path, got.bytes,
                                  got.bytes)
                    : fmt::format("{}: 読めません: {} / cannot be read: {}", file.path, got.ja, got.en));
        }
    }
}

DatasetOutcome CkanTarget::verify_one(CkanClient& client, const LocalDataset& local) {
    DatasetOutcome outcome;
    outcome.id = local.entry.id;
    const CkanDocument document = ckan_document(local.entry, site_);
    CkanPublished meant = intended_as(local.entry, document);
    if (const auto text = read_published(folder_, local.entry.id)) {
        if (auto last = published_from_json(*text)) {
            meant = std::move(*last);
        }
    }
    outcome.where = context_.spec.url + "/dataset/" + meant.name;
    if (journal_.has_unfinished(local.entry.id)) {
        outcome.wrong.emplace_back(
            "前の公開が途中で終わっています。kokai publish をもう一度実行してください / the last "
            "publication was cut: run kokai publish again");
    }
    const CkanAnswer answer = client.read("package_show", "id=" + percent_encoded(meant.name), As::anybody);
    if (answer.trouble != Trouble::none) {
        outcome.wrong.push_back("公開されていません: " + answer.ja + " / not public: " + answer.en);
    } else {
        for (const FieldChange& one : ckan_differences(meant, answer.result)) {
            outcome.wrong.push_back(one.field + ": " + shown_change(one.from, one.to));
        }
        verify_files(client, meant, answer.result, outcome);
    }
    if (!outcome.wrong.empty()) {
        outcome.exit = Exit::catalog;
        outcome.ja = "公開したものと違います";
        outcome.en = "not as it was published";
    }
    return outcome;
}

PublicationResult CkanTarget::verify(const std::vector<LocalDataset>& local) {
    {
        CkanClient client(shared());
        meet(client);
    }
    PublicationResult result;
    result.datasets.resize(local.size());
    side_by_side(local.size(),
                 [&](CkanClient& client, std::size_t i) { result.datasets[i] = verify_one(client, local[i]); });
    result.requests = shared().requests;
    result.sent_bytes = shared().sent_bytes;
    return result;
}

std::unique_ptr<PublishTarget> make_ckan_target(const TargetContext& context) {
    return std::make_unique<CkanTarget>(context);
}

}  // namespace kokai
