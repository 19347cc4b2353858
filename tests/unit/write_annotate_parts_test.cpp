// SPDX-License-Identifier: Apache-2.0
// The small parts of a package: nothing but the new entries, and the positions that a new first sheet shifts.
#include "write/annotate/comments.hpp"
#include "write/annotate/doubt.hpp"
#include "write/annotate/remarks.hpp"
#include "write/annotate/styles.hpp"
#include "write/annotate/workbook_parts.hpp"
#include "write/annotate/xml_edit.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

const std::string main_space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const std::string relation_space = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

bool holds(const std::string& text, const std::string& piece) {
    return text.find(piece) != std::string::npos;
}

std::string styles(const std::string& formats, const std::string& rest = {}) {
    return "<styleSheet " + main_space + "><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts>" +
           "<fills count=\"2\"><fill/><fill/></fills><borders count=\"1\"><border/></borders>" +
           "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\">" + formats + "</cellXfs>" + rest +
           "</styleSheet>";
}

}  // namespace

TEST_CASE("Tags know their names, their depth and where they stand", "[write][annotate]") {
    XmlTags tags("<?xml version=\"1.0\"?><x:a b='>'><!-- <no/> --><c/><![CDATA[<no>]]></x:a>");
    REQUIRE(tags.next());
    CHECK(tags.tag().name == "a");
    CHECK(tags.tag().prefix == "x:");
    CHECK(tag_attribute(tags.tag().text, "b") == ">");
    REQUIRE(tags.next());
    CHECK(tags.tag().kind == TagKind::empty);
    CHECK(tags.tag().depth == 2);
    REQUIRE(tags.next());
    CHECK(tags.tag().kind == TagKind::close);
    CHECK(tags.tag().depth == 1);
    CHECK_FALSE(tags.next());
}

TEST_CASE("An attribute is replaced in its place or added at the end", "[write][annotate]") {
    CHECK(with_attribute("<c r=\"A1\" s=\"3\" t='s'>", "s", "7") == "<c r=\"A1\" s=\"7\" t='s'>");
    CHECK(with_attribute("<c r=\"A1\"/>", "s", "7") == "<c r=\"A1\" s=\"7\"/>");
    CHECK(with_attribute("<c xs=\"1\">", "s", "7") == "<c xs=\"1\" s=\"7\">");
}

TEST_CASE("Parts that are no UTF-8 XML, or declare a document type, are not patched", "[write][annotate]") {
    CHECK_NOTHROW(check_patchable("<a/>", "a.xml"));
    CHECK_THROWS_AS(check_patchable("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "a.xml"), PatchDoubt);
    CHECK_THROWS_AS(check_patchable("<a><b></a>", "a.xml"), PatchDoubt);
    CHECK_THROWS_AS(check_patchable("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", "a.xml"), PatchDoubt);
    CHECK_THROWS_AS(check_patchable(std::string("\xFF\xFE<\0a\0/\0>\0", 10), "a.xml"), PatchDoubt);
}

TEST_CASE("A new first sheet moves the positions of the others along", "[write][annotate]") {
    const std::string before =
        "<workbook " + main_space + " " + relation_space +
        "><bookViews><workbookView firstSheet=\"1\" activeTab=\"2\" tabRatio=\"600\"/></bookViews>"
        "<sheets><sheet name=\"一覧\" sheetId=\"7\" r:id=\"rId1\"/></sheets><definedNames>"
        "<definedName name=\"a\">一覧!$A$1</definedName>"
        "<definedName name=\"b\" localSheetId=\"0\">一覧!$A$2</definedName></definedNames></workbook>";
    CHECK(with_first_sheet(before, "確認結果", "rId9") ==
          "<workbook " + main_space + " " + relation_space +
              "><bookViews><workbookView firstSheet=\"2\" activeTab=\"3\" tabRatio=\"600\"/></bookViews>"
              "<sheets><sheet name=\"確認結果\" sheetId=\"8\" r:id=\"rId9\"/><sheet name=\"一覧\" sheetId=\"7\" "
              "r:id=\"rId1\"/></sheets>"
              "<definedNames><definedName name=\"a\">一覧!$A$1</definedName>"
              "<definedName name=\"b\" localSheetId=\"1\">一覧!$A$2</definedName></definedNames></workbook>");
    CHECK(has_sheet(before, "一覧"));
    CHECK_FALSE(has_sheet(before, "確認結果"));
}

TEST_CASE("Where a workbook says nothing of its tabs, its first sheet stays the active one", "[write][annotate]") {
    const std::string one =
        "<x:workbook xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheets>"
        "<x:sheet name=\"A\" sheetId=\"1\"/></x:sheets></x:workbook>";
    const std::string changed = with_first_sheet(one, "確認結果", "rId2");
    CHECK(holds(changed,
                "<x:bookViews><x:workbookView activeTab=\"1\"/></x:bookViews><x:sheets><x:sheet " + relation_space));
    CHECK(holds(
        with_first_sheet(
            "<workbook><bookViews><workbookView firstSheet=\"0\"/></bookViews><sheets></sheets></workbook>", "a", "b"),
        "<workbookView firstSheet=\"0\" activeTab=\"1\"/>"));
    CHECK_THROWS_AS(with_first_sheet("<workbook/>", "a", "b"), PatchDoubt);
    CHECK_THROWS_AS(
        with_first_sheet("<workbook><definedNames><definedName localSheetId=\"x\"/></definedNames></workbook>", "a",
                         "b"),
        PatchDoubt);
}

TEST_CASE("Relations and content types gain entries at their end", "[write][annotate]") {
    const std::string rels = "<Relationships xmlns=\"p\"><Relationship Id=\"rId2\" Target=\"a\"/></Relationships>";
    CHECK(free_relation_id(rels) == "rId3");
    CHECK(free_relation_id(rels, std::vector<NewRelation>{{"rId3", "", ""}}) == "rId4");
    const std::string more = with_relations(rels, std::vector<NewRelation>{{"rId3", "comments", "/xl/comments1.xml"}});
    CHECK(more == "<Relationships xmlns=\"p\"><Relationship Id=\"rId2\" Target=\"a\"/><Relationship Id=\"rId3\" "
                  "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" "
                  "Target=\"/xl/comments1.xml\"/></Relationships>");
    CHECK(holds(with_relations("", std::vector<NewRelation>{{"rId1", "comments", "x"}}),
                "Target=\"x\"/></Relationships>"));

    const std::string types = "<Types xmlns=\"t\"><Default Extension=\"XML\" ContentType=\"application/xml\"/>"
                              "<Override PartName=\"/xl/Workbook.xml\" ContentType=\"macro\"/></Types>";
    const std::string with = with_content_types(types, std::vector<NewPart>{{"xl/a.xml", "b"}}, VmlDefault::add);
    CHECK(holds(with,
                "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"
                "<Override PartName=\"/xl/a.xml\" ContentType=\"b\"/></Types>"));
    CHECK(with_content_types(with, {}, VmlDefault::add) == with);
    CHECK(content_type_of(types, "xl/workbook.xml") == "macro");
    CHECK(content_type_of(types, "xl/other.xml") == "application/xml");
}

TEST_CASE("Styles only gain entries; a marked style is the old one with a fill", "[write][annotate]") {
    StyleBook book(styles(
        "<xf numFmtId=\"0\"/><xf numFmtId=\"14\" fillId=\"1\" quotePrefix=\"1\"><alignment wrapText=\"1\"/></xf>",
        "<dxfs count=\"0\"/>"));
    const std::uint32_t red = book.marked(1, Severity::error);
    CHECK(red == 2 + list_styles);
    CHECK(book.marked(1, Severity::error) == red);
    CHECK(book.marked(0, Severity::warning) == red + 1);
    CHECK_THROWS_AS(book.marked(2, Severity::error), PatchDoubt);
    const std::string done = book.finish();
    CHECK(holds(done, "<fonts count=\"5\"><font><sz val=\"11\"/></font><font>"));
    CHECK(holds(
        done, "<fills count=\"6\"><fill/><fill/><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC7CE\"/>"));
    CHECK(holds(done, "<cellXfs count=\"11\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" fillId=\"1\" "
                      "quotePrefix=\"1\"><alignment wrapText=\"1\"/></xf>"));
    CHECK(holds(done,
                "<xf numFmtId=\"14\" fillId=\"2\" quotePrefix=\"1\" applyFill=\"1\"><alignment wrapText=\"1\"/></xf>"
                "<xf numFmtId=\"0\" fillId=\"3\" applyFill=\"1\"/></cellXfs><dxfs count=\"0\"/>"));
    CHECK_NOTHROW(check_patchable(done, "xl/styles.xml"));
}

TEST_CASE("A workbook without styles gets them; one that is none is refused", "[write][annotate]") {
    StyleBook none{std::string()};
    CHECK(none.marked(0, Severity::note) == 1 + list_styles);
    const std::string done = none.finish();
    CHECK(done.find("<fonts") < done.find("<fills"));
    CHECK(done.find("<borders") < done.find("<cellXfs"));
    CHECK_NOTHROW(check_patchable(done, "xl/styles.xml"));
    StyleBook bare("<styleSheet " + main_space + "/>");
    CHECK(bare.marked(0, Severity::error) == 1 + list_styles);
    CHECK_THROWS_AS(StyleBook("<other/>"), PatchDoubt);
    CHECK_THROWS_AS(StyleBook("<styleSheet><fonts><font/></fonts><fills><fill/></fills><borders><border/></"
                              "borders><cellXfs><a/></cellXfs></styleSheet>"),
                    PatchDoubt);
}

TEST_CASE("Comments of the department stay, ours come behind", "[write][annotate]") {
    const std::string old =
        "<comments " + main_space +
        "><authors><author>山田</author><author>tc={1}</author></authors><commentList>"
        "<comment ref=\"A1\" authorId=\"0\"><text><t>確認済</t></text></comment>"
        "<comment ref=\"B1\" authorId=\"1\"><text><t>thread</t></text></comment></commentList></comments>";
    const auto cells = commented_cells(old);
    CHECK_FALSE(cells.at({1, 1}));
    CHECK(cells.at({1, 2}));
    std::vector<CellPlace> boxes;
    const CellTexts texts{{{1, 1}, "違います"}, {{3, 2}, "a<b"}};
    const std::string now = with_comments(old, texts, boxes);
    CHECK(boxes == std::vector<CellPlace>{{3, 2}});
    CHECK(holds(now, "<r><t>確認済</t></r><r>"));
    CHECK(holds(now, "\n\n違います</t></r></text></comment><comment ref=\"B1\" authorId=\"1\">"));
    CHECK(holds(now, "<author>tc={1}</author><author>kokai（確認）</author></authors>"));
    CHECK(holds(now, "<comment ref=\"B3\" authorId=\"2\">"));
    CHECK(holds(now, "a&lt;b</t>"));
    CHECK_NOTHROW(check_patchable(now, "xl/comments1.xml"));
    boxes.clear();
    const std::string again = with_comments(now, {{{3, 2}, "もう一度"}}, boxes);
    CHECK(boxes.empty());
    CHECK_FALSE(holds(again, "a&lt;b"));
    CHECK_THROWS_AS(with_comments("<comments/>", texts, boxes), PatchDoubt);
}

TEST_CASE("Boxes are added to a drawing, whatever prefixes it declares where", "[write][annotate]") {
    const CellTexts texts{{{3, 2}, "一行"}};
    const std::string fresh = with_boxes("", {{3, 2}}, texts, {});
    CHECK(holds(fresh, "<v:shape id=\"_x0000_s1025\""));
    CHECK(holds(fresh, "<x:Row>2</x:Row><x:Column>1</x:Column>"));
    CHECK_NOTHROW(check_patchable(fresh, "v.vml"));
    const std::string more = with_boxes(fresh, {{3, 2}}, texts, {});
    CHECK(holds(more, "<v:shape id=\"_x0000_s1026\""));
    CHECK(more.find("<v:shapetype") == more.rfind("<v:shapetype"));
    const std::string inner = with_boxes(
        "<xml><a:b xmlns:a=\"urn:schemas-microsoft-com:vml\" id=\"_x0000_s2000\"/></xml>", {{3, 2}}, texts, {});
    CHECK(holds(inner, "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o="));
    CHECK(holds(inner, "id=\"_x0000_s2001\""));
    CHECK_NOTHROW(check_patchable(inner, "v.vml"));
    CHECK_THROWS_AS(with_boxes("<xml xmlns:v=\"other\"></xml>", {{3, 2}}, texts, {}), PatchDoubt);
    CHECK_THROWS_AS(with_boxes("<svg></svg>", {{3, 2}}, texts, {}), PatchDoubt);
}

TEST_CASE("Remarks say a finding once, errors first", "[write][annotate]") {
    FindingText finding;
    finding.code = Code::date_unreadable;
    finding.severity = Severity::error;
    finding.sheet = "一覧";
    finding.column = "開始日";
    finding.field = "開始年月日";
    finding.row = 14;
    finding.cell = "C14,D14";
    finding.found = "令和6年\n13月";
    const Remark remark = remark_of(finding);
    CHECK(remark.cells == std::vector<CellPlace>{{14, 3}, {14, 4}});
    CHECK(holds(remark.found, "令和6年␊13月"));
    CHECK(holds(comment_text(remark), "【直してください】"));
    std::vector<Remark> all{remark, remark};
    all.insert(all.begin(), remark);
    all.front().severity = Severity::note;
    all.front().code = "other";
    put_in_order(all);
    REQUIRE(all.size() == 2);
    CHECK(all.front().severity == Severity::error);
    CellPlace place;
    CHECK(read_cell_name("XFD1048576", place));
    CHECK_FALSE(read_cell_name("XFE1", place));
    CHECK_FALSE(read_cell_name("A0", place));
    CHECK_FALSE(read_cell_name("A1048577", place));
    CHECK_FALSE(read_cell_name("C14D", place));
    RemarkList list{"a.xlsx", all, 1, 0, 1, 3, ""};
    CHECK(head_of(list).title == "確認結果: 1件直してください");
    CHECK(holds(head_of(list).counts, "ほかに 3 件"));
}
