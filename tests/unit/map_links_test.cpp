// SPDX-License-Identifier: Apache-2.0
#include "map/links.hpp"
#include "model/schema.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

TEST_CASE("What a link is good for where a URL is wanted", "[map][links]") {
    CHECK(read_link_target(" https://example.jp/a ").url == "https://example.jp/a");
    CHECK(read_link_target("mailto:x@example.jp").url.empty());
    CHECK(read_link_target("mailto:x@example.jp").kind == "mailto:");
    CHECK(read_link_target("file:///C:/a.pdf").kind == "file:");
    CHECK(read_link_target("C:\\a.pdf").kind == "file:");
    CHECK(read_link_target("\\\\server\\share\\a.pdf").kind == "file:");
    CHECK(read_link_target("../a.html").kind == "相対リンク / relative");
    CHECK(read_link_target("https://").url.empty());
}

TEST_CASE("A URL column takes the link of a cell that shows no URL; others keep what they show", "[map][links]") {
    Field url;
    url.kind = Kind::url;
    Field name;
    Shape shape;
    shape.columns = {{"名称", &name, {}, false}, {"URL", &url, {}, false}};
    Batch batch;
    batch.columns.resize(2);
    batch.columns[0].cells = {"a", "b", "c", "d", "e"};
    batch.columns[0].links = {"https://example.jp/a"};
    batch.columns[1].cells = {"詳細はこちら", "https://example.jp/b", "メール", "", "www.example.jp"};
    batch.columns[1].links = {"https://example.jp/1", "https://example.jp/2", "mailto:x@example.jp",
                              "https://example.jp/4"};
    batch.rows.resize(5);
    TakeLinks stage;
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    CHECK(batch.columns[0].cells[0] == "a");
    CHECK(batch.columns[1].cells ==
          std::vector<Cell>{"https://example.jp/1", "https://example.jp/b", "メール", "", "www.example.jp"});
    REQUIRE(findings.list().size() == 2);
    CHECK(findings.list()[0].code == Code::link_used);
    CHECK(findings.list()[0].found == "詳細はこちら");
    CHECK(findings.list()[0].repaired == "https://example.jp/1");
    CHECK(findings.list()[1].code == Code::link_not_public);
    CHECK(findings.list()[1].expected == "mailto:");
}
