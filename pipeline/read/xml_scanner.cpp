// SPDX-License-Identifier: Apache-2.0
#include "read/xml_scanner.hpp"

#include "model/error.hpp"
#include "read/xml_classes.hpp"
#include "read/xml_text.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kokai {
namespace {

using xml::class_of;
using xml::largest_token;
using xml::name_letter;
using xml::space;

constexpr std::size_t usual_buffer = 256U << 10U;
constexpr std::size_t most_attributes = 256;
constexpr std::size_t deepest = 200;

}  // namespace

XmlScanner::XmlScanner(ByteSource& source, std::string file, std::string part)
    : source_(source), file_(std::move(file)), part_(std::move(part)), buffer_(usual_buffer + 1) {
    need(3);
    const std::string_view start(buffer_.data(), filled_);
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
        fail("UTF-16 で書かれています。Excel で開いて保存し直してください",
             "is written in UTF-16: open and save it in Excel");
    }
    if (start.starts_with("\xEF\xBB\xBF")) {
        at_ = 3;
    }
}

void XmlScanner::fail(const std::string& ja, const std::string& en) const {
    throw WorldError(file_, part_ + ": " + ja, part_ + ": " + en, part_);
}

void XmlScanner::fail_broken(const char* ja, const char* en) const {
    const std::string place = std::to_string(position_ - (filled_ - at_));
    fail("壊れています（" + place + " バイト目: " + ja + "）", "is broken (byte " + place + ": " + en + ")");
}

/// More bytes behind those not looked at yet; false at the end of the part.
bool XmlScanner::fill() {
    if (source_ended_) {
        return false;
    }
    if (at_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
        filled_ -= at_;
        at_ = 0;
    }
    if (filled_ + 1 >= buffer_.size()) {
        if (buffer_.size() > largest_token) {
            fail("16 MiB を超えるセルがあります", "has a cell of more than 16 MiB");
        }
        buffer_.resize(2 * buffer_.size());
    }
    const std::size_t got = source_.read(buffer_.data() + filled_, buffer_.size() - 1 - filled_);
    source_ended_ = got == 0;
    filled_ += got;
    position_ += got;
    buffer_[filled_] = '\0';
    return got != 0;
}

void XmlScanner::need(std::size_t bytes) {
    while (filled_ - at_ < bytes && fill()) {
    }
}

std::string_view XmlScanner::attribute(std::string_view name) const {
    for (const Attribute& one : attributes_) {
        if (one.name == name) {
            return one.value;
        }
    }
    return {};
}

XmlScanner::Event XmlScanner::next() {
    if (end_pending_) {
        end_pending_ = false;
        open_names_.resize(ends_.size() > 1 ? ends_[ends_.size() - 2] : 0);
        ends_.pop_back();
        root_closed_ = ends_.empty();
        return Event::end;
    }
    while (true) {
        if (at_ == filled_ && !fill()) {
            if (!root_closed_) {
                fail_broken("途中で終わっています", "it ends too early");
            }
            return Event::finished;
        }
        if (buffer_[at_] != '<') {
            const void* found = nullptr;
            std::size_t looked_at = 0;
            while (true) {
                const char* const begin = buffer_.data() + at_;
                found = std::memchr(begin + looked_at, '<', filled_ - at_ - looked_at);
                looked_at = filled_ - at_;
                if (found != nullptr || !fill()) {
                    break;
                }
            }
            const char* const begin = buffer_.data() + at_;
            const std::size_t size =
                found != nullptr ? static_cast<std::size_t>(static_cast<const char*>(found) - begin) : filled_ - at_;
            text_ = {begin, size};
            if (ends_.empty()) {
                if (std::any_of(text_.begin(), text_.end(), [](char c) { return (class_of(c) & space) == 0; })) {
                    fail_broken("XML ではありません", "it is not XML");
                }
                at_ += size;
                continue;
            }
            at_ += size;
            text_is_literal_ = false;
            return Event::text;
        }
        need(2);
        const char second = buffer_[at_ + 1];
        if (second == '!' || second == '?') {
            if (special()) {
                return Event::text;
            }
            continue;
        }
        // A tag may end behind the buffer: then read on and look at it again from its beginning.
        while (!(second == '/' ? end_tag() : start_tag())) {
            if (!fill()) {
                fail_broken("途中で終わっています", "it ends too early");
            }
        }
        return second == '/' ? Event::end : Event::start;
    }
}

bool XmlScanner::start_tag() {
    const char* const begin = buffer_.data() + at_;
    const char* const limit = buffer_.data() + filled_;
    const char* letter = begin + 1;
    const char* local = letter;
    for (; (class_of(*letter) & name_letter) != 0; ++letter) {
        if (*letter == ':') {
            local = letter + 1;
        }
    }
    const char* const name_end = letter;
    if (letter == limit) {
        return false;
    }
    if (letter == begin + 1) {
        fail_broken("要素の名前がありません", "an element without a name");
    }
    attributes_.clear();
    bool empty = false;
    while (true) {
        const bool spaced = (class_of(*letter) & space) != 0;
        while ((class_of(*letter) & space) != 0) {
            ++letter;
        }
        if (*letter == '>') {
            ++letter;
            break;
        }
        if (*letter == '/' && letter[1] == '>') {
            empty = true;
            letter += 2;
            break;
        }
        if (letter == limit || (*letter == '/' && letter + 1 == limit)) {
            return false;
        }
        const char* const key = letter;
        const char* local_key = letter;
        for (; (class_of(*letter) & name_letter) != 0; ++letter) {
            if (*letter == ':') {
                local_key = letter + 1;
            }
        }
        const char* const key_end = letter;
        while ((class_of(*letter) & space) != 0) {
            ++letter;
        }
        if (letter == limit) {
            return false;
        }
        if (*letter != '=' || key == key_end || !spaced) {
            fail_broken("属性の書き方が違います", "a malformed attribute");
        }
        do {
            ++letter;
        } while ((class_of(*letter) & space) != 0);
        if (letter == limit) {
            return false;
        }
        const char quote = *letter;
        if (quote != '"' && quote != '\'') {
            fail_broken("属性の書き方が違います", "a malformed attribute");
        }
        const char* const value = ++letter;
        while (*letter != quote && *letter != '<' && *letter != '\0') {
            ++letter;
        }
        if (letter == limit) {
            return false;
        }
        if (*letter != quote || attributes_.size() == most_attributes) {
            fail_broken("属性の書き方が違います", "a malformed attribute");
        }
        attributes_.push_back({{local_key, static_cast<std::size_t>(key_end - local_key)},
                               {value, static_cast<std::size_t>(letter - value)}});
        ++letter;
    }
    if (root_closed_ || ends_.size() >= deepest) {
        fail_broken("要素の入れ子が違います", "elements are nested wrongly");
    }
    open_names_.append(begin + 1, name_end);
    ends_.push_back(open_names_.size());
    name_ = {local, static_cast<std::size_t>(name_end - local)};
    end_pending_ = empty;
    at_ += static_cast<std::size_t>(letter - begin);
    return true;
}

bool XmlScanner::end_tag() {
    const char* const begin = buffer_.data() + at_;
    const char* const limit = buffer_.data() + filled_;
    if (ends_.empty()) {
        fail_broken("要素の入れ子が違います", "elements are nested wrongly");
    }
    const std::size_t name_begin = ends_.size() > 1 ? ends_[ends_.size() - 2] : 0;
    const std::size_t name_size = ends_.back() - name_begin;
    if (static_cast<std::size_t>(limit - begin) < name_size + 3) {
        return false;
    }
    const char* letter = begin + 2 + name_size;
    while ((class_of(*letter) & space) != 0) {
        ++letter;
    }
    if (letter == limit) {
        return false;
    }
    if (*letter != '>' || std::memcmp(begin + 2, open_names_.data() + name_begin, name_size) != 0) {
        fail_broken("要素の入れ子が違います", "elements are nested wrongly");
    }
    name_ = {begin + 2, name_size};
    if (const std::size_t colon = name_.rfind(':'); colon != std::string_view::npos) {
        name_.remove_prefix(colon + 1);
    }
    open_names_.resize(name_begin);
    ends_.pop_back();
    root_closed_ = ends_.empty();
    at_ += static_cast<std::size_t>(letter + 1 - begin);
    return true;
}

/// Goes behind `mark`, however far away it is.
void XmlScanner::skip_to(std::string_view mark) {
    while (true) {
        const std::string_view rest(buffer_.data() + at_, filled_ - at_);
        if (const std::size_t found = rest.find(mark); found != std::string_view::npos) {
            at_ += found + mark.size();
            return;
        }
        at_ += rest.size() - std::min(rest.size(), mark.size() - 1);
        if (!fill()) {
            fail_broken("途中で終わっています", "it ends too early");
        }
    }
}

/// At `<!` or `<?`. True when it was a CDATA section: a text event.
bool XmlScanner::special() {
    constexpr std::string_view literal = "<![CDATA[";
    need(literal.size());
    const std::string_view here(buffer_.data() + at_, filled_ - at_);
    if (here.starts_with("<!--")) {
        at_ += 4;
        skip_to("-->");
        return false;
    }
    if (here.starts_with("<?")) {
        if (here.starts_with("<?xml")) {
            need(256);
            const std::string_view start(buffer_.data() + at_, std::min<std::size_t>(filled_ - at_, 256));
            look_at_declaration(start.substr(0, start.find("?>")));
        }
        at_ += 2;
        skip_to("?>");
        return false;
    }
    if (here.starts_with(literal) && !ends_.empty()) {
        std::size_t from = literal.size();
        while (true) {
            const std::string_view rest(buffer_.data() + at_, filled_ - at_);
            if (const std::size_t found = rest.find("]]>", from); found != std::string_view::npos) {
                text_ = rest.substr(literal.size(), found - literal.size());
                text_is_literal_ = true;
                at_ += found + 3;
                return true;
            }
            from = rest.size() - std::min<std::size_t>(rest.size() - literal.size(), 2);
            if (!fill()) {
                fail_broken("途中で終わっています", "it ends too early");
            }
        }
    }
    if (here.starts_with("<!DOCTYPE")) {
        fail("文書型宣言（DTD）があります。安全のため読みません", "has a document type declaration (DTD): refused");
    }
    fail_broken("XML ではありません", "it is not XML");
}

/// `<?xml version="1.0" encoding="…"`: anything but UTF-8 (or its part ASCII) would be read wrongly.
void XmlScanner::look_at_declaration(std::string_view declaration) const {
    const std::size_t key = declaration.find("encoding");
    if (key == std::string_view::npos) {
        return;
    }
    const std::size_t quote = declaration.find_first_of("\"'", key);
    if (quote == std::string_view::npos) {
        return;
    }
    const std::string_view from = declaration.substr(quote + 1);
    std::string name(from.substr(0, from.find(declaration[quote])));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (name != "UTF-8" && name != "UTF8" && name != "US-ASCII") {
        fail("文字コードが UTF-8 ではありません。Excel で開いて保存し直してください",
             "is not written in UTF-8: open and save it in Excel");
    }
}

void XmlScanner::skip_element() {
    const std::size_t outside = ends_.size() - 1;
    while (true) {
        const Event event = next();
        if (event == Event::end && ends_.size() == outside) {
            return;
        }
        if (event == Event::finished) {
            return;
        }
    }
}

void XmlScanner::append_own_text(std::string& into) {
    for (Event event = next(); event == Event::start || event == Event::text; event = next()) {
        if (event == Event::text) {
            append_text(into);
        } else {
            skip_element();
        }
    }
}

void XmlScanner::append_text(std::string& into) const {
    append_decoded(text_, text_is_literal_, into);
}

std::string XmlScanner::attribute_text(std::string_view name) const {
    std::string text;
    append_decoded(attribute(name), false, text);
    return text;
}

void XmlScanner::append_decoded(std::string_view raw, bool literal, std::string& into) const {
    switch (xml::append_decoded(raw, literal ? xml::TextKind::literal : xml::TextKind::with_entities, into)) {
    case xml::TextFault::none:
        return;
    case xml::TextFault::control_character:
        fail_broken("使えない制御文字があります", "a forbidden control character");
    case xml::TextFault::not_utf8:
        fail_broken("UTF-8 として読めないバイトがあります", "bytes that are not UTF-8");
    case xml::TextFault::unknown_entity:
        fail_broken("定義されていない実体参照です", "an entity that is not defined");
    case xml::TextFault::too_long:
        fail("16 MiB を超えるセルがあります", "has a cell of more than 16 MiB");
    }
}

}  // namespace kokai
