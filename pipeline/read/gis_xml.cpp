// SPDX-License-Identifier: Apache-2.0
// CP932 is decoded in pieces that end behind a '>': no second byte of a character is one.
#include "read/gis_xml.hpp"

#include "model/error.hpp"
#include "support/interrupt.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t piece_bytes = 1U << 18U;

/// The value of encoding="…" in an XML declaration; empty = none.
std::string_view declared_encoding(std::string_view text) {
    if (!text.starts_with("<?xml")) {
        return {};
    }
    text = text.substr(0, text.find("?>"));
    std::size_t at = text.find("encoding");
    if (at == std::string_view::npos) {
        return {};
    }
    at = text.find_first_of("\"'", at);
    if (at == std::string_view::npos) {
        return {};
    }
    const std::size_t end = text.find(text[at], at + 1);
    return end == std::string_view::npos ? std::string_view{} : text.substr(at + 1, end - at - 1);
}

}  // namespace

XmlText::XmlText(const InputFile& file, std::string shown) : file_(file), shown_(std::move(shown)) {
    find_encoding();
    offset_ = begin_;
}

void XmlText::refuse_encoding(std::string_view name) const {
    throw WorldError(shown_, "XML の文字コード「" + std::string(name) + "」は読めません。UTF-8 で保存し直してください",
                     "the encoding \"" + std::string(name) + "\" of the XML is not known; save it again as UTF-8");
}

void XmlText::find_encoding() {
    std::string head(512, '\0');
    head.resize(file_.read_at(0, head.data(), head.size()));
    if (head.starts_with("\xEF\xBB\xBF")) {
        begin_ = 3;
        return;
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        begin_ = 2;
        encoding_ = head.starts_with("\xFF\xFE") ? Encoding::utf16le : Encoding::utf16be;
        transcoder_.emplace(encoding_);
        return;
    }
    const std::string_view name = declared_encoding(head);
    const std::string small = lowered(name);
    if (name.empty() || small == "us-ascii" || small == "ascii" || small.starts_with("iso-8859-1")) {
        return;  // what such a file really holds beyond ASCII is told where it is no UTF-8
    }
    try {
        encoding_ = encoding_named(name);
    } catch (const UsageError&) {
        refuse_encoding(name);
    }
    if (encoding_ == Encoding::euc_jp || encoding_ == Encoding::iso2022_jp) {
        transcoder_.emplace(encoding_);
    } else if (encoding_ != Encoding::utf8 && encoding_ != Encoding::cp932) {
        encoding_ = Encoding::utf8;  // says UTF-16 in a file that is read byte by byte
    }
}

void XmlText::decode(std::string_view bytes, bool last) {
    text_.clear();
    at_ = 0;
    if (transcoder_) {
        if (transcoder_->feed(bytes, last, text_) > 0) {
            refuse_encoding(name_of(encoding_));
        }
        return;
    }
    pending_ += bytes;
    const std::size_t whole = last ? pending_.size() : pending_.rfind('>') + 1;  // npos + 1 = 0
    if (whole == 0 && pending_.size() > (16U << 20U)) {
        refuse_encoding(name_of(encoding_));
    }
    Arena decoded;
    std::size_t bad = std::string::npos;
    text_ = std::string(decode_cp932(std::string_view(pending_).substr(0, whole), decoded, bad));
    if (bad != std::string::npos) {
        refuse_encoding(name_of(encoding_));
    }
    pending_.erase(0, whole);
}

bool XmlText::refill() {
    std::string bytes(piece_bytes, '\0');
    while (!ended_) {
        bytes.resize(piece_bytes);
        bytes.resize(file_.read_at(offset_, bytes.data(), bytes.size()));
        offset_ += bytes.size();
        ended_ = bytes.size() < piece_bytes;
        decode(bytes, ended_);
        if (!begun_ && !text_.empty()) {
            begun_ = true;
            if (text_.starts_with("<?xml")) {
                const std::size_t end = text_.find("?>");
                at_ = end == std::string::npos ? 0 : end + 2;
                while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ') {
                    ++at_;  // GDAL wants to see the first element at once
                }
            }
        }
        if (at_ < text_.size()) {
            return true;
        }
    }
    return false;
}

std::size_t XmlText::read(char* into, std::size_t size) {
    if (encoding_ == Encoding::utf8) {
        const std::size_t got = file_.read_at(offset_, into, size);
        offset_ += got;
        return got;
    }
    if (at_ == text_.size() && !refill()) {
        return 0;
    }
    const std::size_t give = std::min(size, text_.size() - at_);
    std::memcpy(into, text_.data() + at_, give);
    at_ += give;
    return give;
}

void look_over_xml(const InputFile& file, const std::string& shown) {
    XmlText text(file, shown);
    XmlScanner scanner(text, shown, "XML");
    std::size_t events = 0;
    while (scanner.next() != XmlScanner::Event::finished) {
        if (++events % 65536 == 0) {
            stop_if_interrupted();
        }
    }
}

}  // namespace kokai
