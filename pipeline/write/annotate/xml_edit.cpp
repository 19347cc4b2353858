// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/xml_edit.hpp"

#include "read/xml_text.hpp"
#include "support/text.hpp"
#include "support/utf8.hpp"
#include "support/xml.hpp"
#include "write/annotate/doubt.hpp"

#include <algorithm>

namespace kokai {
namespace {

class Nothing : public XmlHandler {
public:
    void start(std::string_view /*name*/, const XmlAttributes& /*attributes*/) override {}
};

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct Attribute {
    std::string_view name, value;
    std::size_t value_begin = 0;
};

/// Calls `see` for each attribute until it says true.
template <typename See>
void each_attribute(std::string_view tag, See see) {
    std::size_t at = tag.find_first_of(" \t\r\n/>");
    while (at != std::string_view::npos && at < tag.size()) {
        while (at < tag.size() && is_space(tag[at])) {
            ++at;
        }
        const std::size_t name = at;
        const std::size_t equals = tag.find('=', at);
        const std::size_t quote = tag.find_first_of("\"'", at);
        if (at >= tag.size() || tag[at] == '>' || tag[at] == '/' || equals == std::string_view::npos ||
            quote == std::string_view::npos || quote < equals) {
            return;
        }
        const std::size_t end = tag.find(tag[quote], quote + 1);
        if (end == std::string_view::npos) {
            return;
        }
        std::string_view key = tag.substr(name, equals - name);
        while (!key.empty() && is_space(key.back())) {
            key.remove_suffix(1);
        }
        if (see(Attribute{key, tag.substr(quote + 1, end - quote - 1), quote + 1})) {
            return;
        }
        at = end + 1;
    }
}

}  // namespace

void check_patchable(std::string_view xml, const std::string& part) {
    const auto refuse = [&](const std::string& why_ja, const std::string& why_en) {
        throw PatchDoubt(part + why_ja, part + why_en);
    };
    std::string_view body = xml;
    if (body.starts_with("\xEF\xBB\xBF")) {
        body.remove_prefix(3);
    }
    if (body.starts_with("<?xml")) {
        const std::string declaration = lowered(body.substr(0, body.find("?>")));
        const std::string_view encoding = tag_attribute(declaration, "encoding");
        if (!encoding.empty() && encoding != "utf-8" && encoding != "us-ascii") {
            refuse(" の文字コードが UTF-8 ではありません", " is not UTF-8");
        }
    }
    if (body.empty() || body.front() != '<') {
        refuse(" が XML ではありません", " is not XML in UTF-8");
    }
    Nothing nothing;
    try {
        parse_xml(xml, nothing, {}, part);
    } catch (const WorldError& error) {
        throw PatchDoubt(error.ja(), error.en());
    }
}

std::size_t markup_end(std::string_view xml, std::size_t at) {
    const auto behind = [&](std::string_view mark, std::size_t from) {
        const std::size_t found = xml.find(mark, from);
        return found == std::string_view::npos ? found : found + mark.size();
    };
    const std::string_view rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
        return behind("-->", at + 4);
    }
    if (rest.starts_with("<![CDATA[")) {
        return behind("]]>", at + 9);
    }
    if (rest.starts_with("<?")) {
        return behind("?>", at + 2);
    }
    if (rest.starts_with("<!") && rest.size() < 9) {
        return std::string_view::npos;  // the first bytes of one of the above
    }
    for (std::size_t i = at + 1; i < xml.size(); ++i) {
        if (xml[i] == '>') {
            return i + 1;
        }
        if (xml[i] == '"' || xml[i] == '\'') {
            i = xml.find(xml[i], i + 1);
            if (i == std::string_view::npos) {
                return i;
            }
        }
    }
    return std::string_view::npos;
}

XmlTag read_tag(std::string_view text) {
    XmlTag tag;
    tag.text = text;
    const bool closes = text.starts_with("</");
    tag.kind = closes ? TagKind::close : text.ends_with("/>") ? TagKind::empty : TagKind::open;
    const std::size_t begin = closes ? 2 : 1;
    const std::string_view qualified = text.substr(begin, text.find_first_of(" \t\r\n/>", begin) - begin);
    const std::size_t colon = qualified.find(':');
    tag.prefix = colon == std::string_view::npos ? std::string_view{} : qualified.substr(0, colon + 1);
    tag.name = qualified.substr(tag.prefix.size());
    return tag;
}

bool XmlTags::next() {
    while (true) {
        const std::size_t begin = xml_.find('<', at_);
        const std::size_t end = begin == std::string_view::npos ? begin : markup_end(xml_, begin);
        if (end == std::string_view::npos) {
            return false;
        }
        at_ = end;
        if (xml_[begin + 1] == '!' || xml_[begin + 1] == '?') {
            continue;
        }
        tag_ = read_tag(xml_.substr(begin, end - begin));
        tag_.begin = begin;
        tag_.end = end;
        depth_ += tag_.kind == TagKind::open ? 1U : 0U;
        tag_.depth = depth_ + (tag_.kind == TagKind::empty ? 1U : 0U);
        depth_ -= tag_.kind == TagKind::close ? 1U : 0U;
        return true;
    }
}

std::string_view tag_attribute(std::string_view tag, std::string_view name) {
    std::string_view value;
    each_attribute(tag, [&](const Attribute& one) {
        value = one.name == name ? one.value : value;
        return one.name == name;
    });
    return value;
}

bool has_attribute(std::string_view tag, std::string_view name) {
    bool has = false;
    each_attribute(tag, [&](const Attribute& one) { return has = one.name == name; });
    return has;
}

std::string with_attribute(std::string_view tag, std::string_view name, std::string_view value) {
    std::string changed(tag);
    bool done = false;
    each_attribute(tag, [&](const Attribute& one) {
        if (one.name == name) {
            changed.replace(one.value_begin, one.value.size(), value);
            done = true;
        }
        return done;
    });
    if (!done) {
        const std::size_t close = tag.size() - (tag.ends_with("/>") ? 2 : 1);
        std::size_t at = close;
        while (at > 1 && is_space(tag[at - 1])) {
            --at;
        }
        changed.insert(at, " " + std::string(name) + "=\"" + std::string(value) + "\"");
    }
    return changed;
}

std::string prefix_of_namespace(std::string_view tag, std::string_view address, std::string_view none) {
    std::string prefix(none);
    each_attribute(tag, [&](const Attribute& one) {
        const bool found = one.name.starts_with("xmlns:") && one.value == address;
        if (found) {
            prefix = std::string(one.name.substr(6)) + ":";
        }
        return found;
    });
    return prefix;
}

std::string decoded(std::string_view attribute) {
    std::string text;
    for (std::size_t at = 0; at < attribute.size();) {
        const std::size_t end = attribute[at] == '&' ? attribute.find(';', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            text += attribute[at++];
            continue;
        }
        const std::uint32_t character = xml::character_of(attribute.substr(at + 1, end - at - 1));
        if (character == 0) {
            text += attribute[at++];
            continue;
        }
        append_utf8(text, character);
        at = end + 1;
    }
    return text;
}

std::string Edits::apply(std::string_view text) {
    std::stable_sort(list_.begin(), list_.end(), [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
    std::string changed;
    std::size_t at = 0;
    for (const Edit& edit : list_) {
        changed += text.substr(at, edit.begin - at);
        changed += edit.with;
        at = edit.end;
    }
    changed += text.substr(at);
    return changed;
}

}  // namespace kokai
