// SPDX-License-Identifier: Apache-2.0
#include "model/error.hpp"
#include "read/xml_scanner.hpp"
#include "support/xml.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <string>

using namespace kokai;

namespace {

/// Hands out a text in pieces of a given size: tags and texts straddle them.
class Pieces : public ByteSource {
public:
    Pieces(std::string_view text, std::size_t size) : text_(text), size_(size) {}
    std::size_t read(char* into, std::size_t size) override {
        const std::size_t given = std::min({size, size_, text_.size()});
        std::memcpy(into, text_.data(), given);
        text_.remove_prefix(given);
        return given;
    }

private:
    std::string_view text_;
    std::size_t size_;
};

/// All events as one line: <name key=value> text </name>.
std::string events(std::string_view xml, std::size_t piece) {
    Pieces source(xml, piece);
    XmlScanner scanner(source, "a.xlsx", "xl/a.xml");
    std::string all, text;
    while (true) {
        switch (scanner.next()) {
        case XmlScanner::Event::start:
            all += "<" + std::string(scanner.name());
            for (const XmlScanner::Attribute& attribute : scanner.attributes()) {
                all += " " + std::string(attribute.name) + "=" + std::string(attribute.value);
            }
            all += ">";
            break;
        case XmlScanner::Event::end:
            all += "</" + std::string(scanner.name()) + ">";
            break;
        case XmlScanner::Event::text:
            text.clear();
            scanner.append_text(text);
            all += text;
            break;
        case XmlScanner::Event::finished:
            return all;
        }
    }
}

/// The same from expat.
class Recorder : public XmlHandler {
public:
    void start(std::string_view name, const XmlAttributes& attributes) override {
        all += "<" + std::string(name);
        for (const char* const key : {"r", "t"}) {
            const std::string_view value = attributes[key];
            all += value.empty() ? "" : " " + std::string(key) + "=" + std::string(value);
        }
        all += ">";
    }
    void end(std::string_view name) override { all += "</" + std::string(name) + ">"; }
    void text(std::string_view piece) override { all += piece; }
    std::string all;
};

std::string failure(std::string_view xml) {
    try {
        events(xml, 7);
    } catch (const WorldError& error) {
        CHECK(error.file() == "a.xlsx");
        CHECK(error.where() == "xl/a.xml");
        CHECK(error.exit() == Exit::world);
        return error.en();
    }
    return "no failure";
}

constexpr std::string_view sample =
    "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- <row> -->\n<x:sst xmlns:x=\"urn:a\">\n"
    "<x:c  r = \"A1\" t='s' /><c r=\"B>1\"><v>1 &lt; 2 &amp;&#x20;&#12354;</v ><![CDATA[<raw> &amp; ]] ]]>"
    "<?php what?>名称\r\nメイ\rショウ<b/><b></b></c></x:sst>\n<!-- end -->\n";

}  // namespace

TEST_CASE("The scanner sees what expat sees, wherever the pieces are cut", "[read][xml]") {
    Recorder recorder;
    parse_xml(sample, recorder, "a.xlsx", "xl/a.xml");
    for (std::size_t piece = 1; piece < 40; ++piece) {
        std::string seen = events(sample, piece);  // shows the namespace as well, of which the recorder takes no note
        const std::size_t declaration = seen.find(" x=urn:a");
        REQUIRE(declaration != std::string::npos);
        seen.erase(declaration, 8);
        CHECK(seen == recorder.all);
    }
    CHECK(recorder.all.find("1 < 2 & あ</v><raw> &amp; ]] 名称\nメイ\nショウ<b></b><b></b></c></sst>") !=
          std::string::npos);
}

TEST_CASE("What is not well-formed is refused with file and part", "[read][xml][hostile]") {
    CHECK(failure("") == "xl/a.xml: is broken (byte 0: it ends too early)");
    CHECK(failure("hello") == "xl/a.xml: is broken (byte 0: it is not XML)");
    for (const char* const xml : {"<a>",
                                  "<a><b></a></b>",
                                  "<a></b>",
                                  "<a/><b/>",
                                  "<a x=1/>",
                                  "<a x='1'y='2'/>",
                                  "<a x='<'/>",
                                  "<a><!-- </a>",
                                  "<a><![CDATA[ </a>",
                                  "<a",
                                  "<a x='",
                                  "</a>",
                                  "< a/>",
                                  "<a>&nbsp;</a>",
                                  "<a>&#0;</a>",
                                  "<a>&#xD800;</a>",
                                  "<a>&#1114112;</a>",
                                  "<a>&lt</a>",
                                  "<a>\x01</a>",
                                  "<a>\xE3\x81</a>",
                                  "<a>\xFF</a>",
                                  "<a>\xC0\x80</a>",
                                  "<a><!ELEMENT b></a>",
                                  "<a/>x"}) {
        INFO(xml);
        CHECK(failure(xml).find("is broken") != std::string::npos);
    }
    CHECK(failure(std::string_view("<a>\0</a>", 8)).find("is broken") != std::string::npos);
    CHECK(failure(std::string_view("<a \0='1'/>", 10)).find("is broken") != std::string::npos);
}

TEST_CASE("A document type, another encoding and bottomless nesting are refused", "[read][xml][hostile]") {
    CHECK(failure("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>") ==
          "xl/a.xml: has a document type declaration (DTD): refused");
    CHECK(failure("<?xml version='1.0' encoding='Shift_JIS'?><a/>") ==
          "xl/a.xml: is not written in UTF-8: open and save it in Excel");
    CHECK(failure(std::string_view("\xFF\xFE<\0a\0", 6)) ==
          "xl/a.xml: is written in UTF-16: open and save it in Excel");
    std::string deep;
    for (int i = 0; i < 300; ++i) {
        deep += "<a>";
    }
    CHECK(failure(deep).find("nested") != std::string::npos);
}

TEST_CASE("A text of more than 16 MiB is refused before it fills the memory", "[read][xml][hostile]") {
    const std::string huge = "<a>" + std::string((16U << 20U) + 1, 'x') + "</a>";
    CHECK_THROWS_WITH(events(huge, 1U << 20U), "xl/a.xml: has a cell of more than 16 MiB");
    const std::string fits = "<a>" + std::string(16U << 20U, 'x') + "</a>";
    CHECK(events(fits, 1U << 20U).size() == fits.size());
}

TEST_CASE("expat refuses a document type as well, and says where a part is broken", "[support][xml][hostile]") {
    Recorder recorder;
    CHECK_THROWS_WITH(parse_xml("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", recorder, "a.xlsx", "xl/b.xml"),
                      "xl/b.xml has a document type declaration (DTD): refused");
    CHECK_THROWS_WITH(parse_xml("<a>\n<b></a>", recorder, "a.xlsx", "xl/b.xml"),
                      Catch::Contains("xl/b.xml is broken (line 2"));
    CHECK_THROWS_WITH(parse_xml("", recorder, "a.xlsx", "xl/b.xml"), Catch::Contains("xl/b.xml is broken"));
}

TEST_CASE("What a handler throws comes out of expat unchanged", "[support][xml]") {
    class Thrower : public XmlHandler {
        void start(std::string_view, const XmlAttributes&) override { throw WorldError("f", "日", "en"); }
    } thrower;
    CHECK_THROWS_WITH(parse_xml("<a><b/></a>", thrower, "a.xlsx", "xl/b.xml"), "en");
}
