// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_compare.hpp"
#include "tests/unit/support/catalog_sample.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;
using kokai::testing::sample_entry;
using Json = nlohmann::json;

namespace {

const CkanSite site{"https://data.example", "org-id", "", {}, {}, {}};

/// The package that CKAN shows once the document is in it.
Json package_of(const CkanDocument& document) {
    Json package = update_body(Json::object(), document.fields);
    package["id"] = "package-id";
    package["name"] = document.name;
    package["metadata_modified"] = "2026-11-21T00:00:00.000001";
    package["resources"] = Json::array();
    for (const CkanFile& file : document.files) {
        Json one(file.fields);
        one["id"] = file.id;
        one["size"] = file.bytes;
        one["last_modified"] = "2026-11-21T00:00:00";
        package["resources"].push_back(one);
    }
    return package;
}

struct Case {
    CatalogEntry entry = sample_entry();
    CkanDocument document = ckan_document(entry, site);
    Json package = package_of(document);
    CkanKnown known;
    PublishOptions options;

    Case() { known.last = published_as(entry, document, package); }

    CkanWork work() {
        document = ckan_document(entry, site);
        known.package = package.is_null() ? nullptr : &package;
        return compare_ckan(entry, document, known, options);
    }
};

bool names(const std::vector<FieldChange>& changes, const std::string& field) {
    return std::any_of(changes.begin(), changes.end(), [&](const FieldChange& one) { return one.field == field; });
}

}  // namespace

TEST_CASE("What is as it was published is left alone, however CKAN writes it", "[publish][ckan]") {
    Case one;
    CHECK(one.work().planned.action == PlanAction::leave);
    one.package["resources"][0]["format"] = "csv";
    one.package["notes"] = "市内のAEDの場所。\r";
    CHECK(one.work().planned.action == PlanAction::leave);
    one.known.last.reset();  // the state of this machine was lost: what the files are only reading tells
    CHECK(one.work().planned.action == PlanAction::edited_there);
    for (const CkanFile& file : one.document.files) {
        one.known.digests[file.key] = file.fields.at("sha256");
    }
    CHECK(one.work().planned.action == PlanAction::leave);
    one.known.digests.begin()->second = std::string(64, 'f');  // another file of the same size, our digest beside it
    CHECK(names(one.work().planned.edits, "files." + one.known.digests.begin()->first));
}

TEST_CASE("A resource that was saved in the portal's form gets its digest back, not its file", "[publish][ckan]") {
    Case one;
    one.package["resources"][0]["hash"] = one.package["resources"][0]["sha256"];
    one.package["resources"][0].erase("sha256");
    const CkanWork work = one.work();
    CHECK(work.planned.action == PlanAction::change);
    REQUIRE(work.files.size() == 1);
    CHECK_FALSE(work.files[0].send);
    CHECK(work.files[0].changes.size() == 1);
    one.package["resources"][0]["hash"] = std::string(64, 'f');  // and with another one beside it, it is sent
    CHECK(one.work().planned.action == PlanAction::replace);
}

TEST_CASE("A value that the catalog writes in its own way is no edit", "[publish][ckan]") {
    Case one;
    one.package["title"] = "AED設置箇所一覧【前橋市】";  // some plugin did it when we wrote
    one.known.last = published_as(one.entry, one.document, one.package);
    CHECK(one.work().planned.action == PlanAction::leave);
    one.entry.title = "AED一覧";
    const CkanWork work = one.work();
    CHECK(work.planned.action == PlanAction::change);
    CHECK(work.changes.at("title") == "AED一覧");
}

TEST_CASE("A local change is sent, a removed keyword taken away, what others added stays", "[publish][ckan]") {
    Case one;
    one.package["tags"].push_back({{"name", "theirs"}});
    one.package["extras"].push_back({{"key", "theirs"}, {"value", "1"}});
    one.entry.keywords = {"AED"};
    const CkanWork work = one.work();
    CHECK(work.planned.action == PlanAction::change);
    CHECK(work.changes == CkanFields{{"tags.防災", ""}});
    CHECK(work.files.empty());
}

TEST_CASE("A file with another content is replaced, a new one created", "[publish][ckan]") {
    Case one;
    one.entry.tables[0].files[0].sha256 = std::string(64, 'd');
    one.entry.tables[0].files.push_back({"kml", "a.kml", 1, 9, std::string(64, 'e')});
    const CkanWork work = one.work();
    CHECK(work.planned.action == PlanAction::replace);
    REQUIRE(work.files.size() == 2);
    CHECK(work.files[0].send);
    CHECK_FALSE(work.files[0].create);
    CHECK(work.files[1].create);
}

TEST_CASE("Edits at the portal are asked about, and written over when told to", "[publish][ckan]") {
    Case one;
    one.package["title"] = "手で直した";
    one.package["private"] = true;
    one.package["resources"][1]["last_modified"] = "2026-11-22T00:00:00";  // another file was put there
    one.package["resources"].erase(2);
    one.entry.title = "新しい題名";
    const CkanWork work = one.work();
    CHECK(work.planned.action == PlanAction::edited_there);
    for (const char* field : {"title", "private", "files.aed/geojson", "files.aed/partner:iko-yo"}) {
        INFO(field);
        CHECK(names(work.planned.edits, field));
    }
    CHECK(work.planned.edits.size() == 4);
    one.options.overwrite = {"title", "files"};
    CHECK(one.work().planned.edits.size() == 1);
    one.options.overwrite = {"all"};
    const CkanWork all = one.work();
    CHECK(all.planned.action == PlanAction::replace);
    CHECK(all.changes.at("private") == "false");
    CHECK(all.files.size() == 2);
}

TEST_CASE("A dataset that somebody took away is asked about; one that never was is created", "[publish][ckan]") {
    Case one;
    one.package = nullptr;
    CHECK(one.work().planned.action == PlanAction::edited_there);
    one.options.overwrite = {"state"};
    CHECK(one.work().planned.action == PlanAction::create);
    one.options.overwrite.clear();
    one.known.last->sent["state"] = one.known.last->seen["state"] = "deleted";  // by ourselves
    CHECK(one.work().planned.action == PlanAction::create);
    one.package = package_of(one.document);
    one.package["state"] = "deleted";
    CHECK(one.work().changes == CkanFields{{"state", "active"}});
    one.package = nullptr;
    one.known.last.reset();
    const CkanWork work = one.work();
    CHECK(work.planned.action == PlanAction::create);
    CHECK(work.files.size() == 3);
}

TEST_CASE("A dataset of our name that we know nothing of is asked about", "[publish][ckan]") {
    Case one;
    one.known.last.reset();
    one.package["title"] = "theirs";
    one.package["notes"] = nullptr;  // nothing there: ours may go in
    const CkanWork work = one.work();
    CHECK(names(work.planned.edits, "title"));
    CHECK_FALSE(names(work.planned.edits, "notes"));
}

TEST_CASE("What a killed run did is ours: private, half the files, former and new values", "[publish][ckan]") {
    Case one;
    one.known.last.reset();
    one.known.intended = {intended_as(one.entry, one.document)};
    one.package["private"] = true;
    one.package["resources"].erase(2);
    one.known.digests = {{"aed/csv", std::string(64, 'a')}, {"aed/geojson", ""}};
    const CkanWork work = one.work();
    CHECK(work.planned.edits.empty());
    CHECK(work.changes == CkanFields{{"private", "false"}});
    REQUIRE(work.files.size() == 2);  // the CSV was read and is right
    CHECK(work.files[0].send);
    CHECK(work.files[1].create);

    one.known.digests["aed/geojson"] = std::string(64, 'f');  // put there by hand since
    CHECK(names(one.work().planned.edits, "files.aed/geojson"));
    one.known.digests["aed/geojson"] = "";

    one.entry.title = "また変えた";  // changed again before the next run
    CHECK(one.work().changes.count("title") == 1);
    CHECK(one.work().planned.edits.empty());
}

TEST_CASE("Files of ours that are no longer local are orphans, removed when told to", "[publish][ckan]") {
    Case one;
    one.entry.tables[0].files.pop_back();
    CkanWork work = one.work();
    CHECK(work.planned.action == PlanAction::leave);
    CHECK(work.planned.files.back().action == PlanAction::orphaned);
    CHECK(work.removals.empty());
    one.options.remove_orphaned = true;
    work = one.work();
    CHECK(work.planned.action == PlanAction::change);
    CHECK(work.removals.size() == 1);

    // Published without it, and left there: a later run still knows it as ours.
    one.known.last = published_as(one.entry, one.document, one.package);
    remember_left(*one.known.last, work.planned, one.package);
    one.known.last = published_from_json(published_json(*one.known.last));
    REQUIRE(one.known.last);
    CHECK(one.work().removals == work.removals);
    one.package["resources"].erase(2);  // somebody else removed it
    CHECK(one.work().removals.empty());
}

TEST_CASE("What is remembered of a dataset is read back the same", "[publish][ckan]") {
    const Case one;
    const std::string text = published_json(*one.known.last);
    REQUIRE(published_from_json(text));
    CHECK(published_json(*published_from_json(text)) == text);
    CHECK_FALSE(published_from_json(text.substr(0, text.size() / 2)));
    CHECK_FALSE(published_from_json("{}"));
}

TEST_CASE("Differences to what was published are named field by field", "[publish][ckan]") {
    Case one;
    CHECK(ckan_differences(*one.known.last, one.package).empty());
    one.package["resources"][0]["sha256"] = "x";
    one.package["resources"].erase(1);
    one.package["private"] = true;
    const auto differences = ckan_differences(*one.known.last, one.package);
    CHECK(differences.size() == 3);
    CHECK(names(differences, "private"));
    CHECK(names(differences, "files.aed/csv.sha256"));
    CHECK(names(differences, "files.aed/geojson"));
}
