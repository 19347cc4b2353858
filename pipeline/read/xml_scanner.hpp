// SPDX-License-Identifier: Apache-2.0
// The two bulk parts of a workbook (cells, shared strings), event by event over a moving buffer. expat reads the small
// parts; for these it alone would take a quarter of ogr2ogr's whole time, which is what the reader may take altogether.
// Strict where it counts: tags must match, a DTD and unknown entities are refused, text must be UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// Bytes in order, from wherever they come.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Up to `size` bytes; 0 only at the end.
    virtual std::size_t read(char* into, std::size_t size) = 0;
};

class XmlScanner {
public:
    enum class Event : std::uint8_t { start, end, text, finished };

    struct Attribute {
        std::string_view name;   // local
        std::string_view value;  // as written: entities not decoded
    };

    /// `file` and `part` are for messages. The source must outlive the scanner.
    XmlScanner(ByteSource& source, std::string file, std::string part);

    /// Views of the event before are no longer good.
    Event next();

    /// The element of a start or end event, without prefix.
    [[nodiscard]] std::string_view name() const { return name_; }
    [[nodiscard]] const std::vector<Attribute>& attributes() const { return attributes_; }
    /// Empty when absent.
    [[nodiscard]] std::string_view attribute(std::string_view name) const;
    /// The same decoded. Throws when it is not UTF-8.
    [[nodiscard]] std::string attribute_text(std::string_view name) const;
    /// Open elements; a start event counts its own, an end event no longer.
    [[nodiscard]] std::size_t depth() const { return ends_.size(); }
    /// Appends the text of a text event, decoded. Throws when it is not UTF-8 or `into` would pass 16 MiB.
    void append_text(std::string& into) const;
    /// Goes behind the end of the element whose start was the last event.
    void skip_element();
    /// Goes to the next element within the open one; false at the end of that. Whoever gets a child reads or skips it.
    bool next_child() {
        while (true) {
            if (const Event event = next(); event != Event::text) {
                return event == Event::start;
            }
        }
    }
    /// Appends the text of the element whose start was the last event, without that of elements inside, and goes
    /// behind its end.
    void append_own_text(std::string& into);
    /// What is read and not looked at yet, as written, with a NUL behind it: for readers that know how an element
    /// usually looks. Empty when nothing is there before the next event.
    [[nodiscard]] std::string_view ahead() const {
        return end_pending_ ? std::string_view{} : std::string_view(buffer_.data() + at_, filled_ - at_);
    }
    /// Goes behind so many bytes of ahead(): whole elements, within the open one.
    void take(std::size_t bytes) { at_ += bytes; }
    /// Bytes taken from the source so far.
    [[nodiscard]] std::uint64_t position() const { return position_; }

    [[noreturn]] void fail(const std::string& ja, const std::string& en) const;

private:
    bool fill();
    void need(std::size_t bytes);
    void look_at_declaration(std::string_view declaration) const;
    bool start_tag();
    bool end_tag();
    void skip_to(std::string_view mark);
    bool special();
    [[noreturn]] void fail_broken(const char* ja, const char* en) const;
    void append_decoded(std::string_view raw, bool literal, std::string& into) const;

    ByteSource& source_;
    std::string file_, part_;
    std::vector<char> buffer_;         // one byte more than is ever filled: a NUL stands behind the last byte
    std::size_t at_ = 0, filled_ = 0;  // what has not been looked at yet
    bool source_ended_ = false;
    std::uint64_t position_ = 0;

    std::string_view name_, text_;
    bool text_is_literal_ = false;  // a CDATA section
    bool end_pending_ = false;      // <a/> is a start and an end
    bool root_closed_ = false;
    std::vector<Attribute> attributes_;
    std::string open_names_;         // of the open elements, one after another …
    std::vector<std::size_t> ends_;  // … and where each ends
};

}  // namespace kokai
