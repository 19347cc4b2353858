// SPDX-License-Identifier: Apache-2.0
// Small parts of a package changed in place: tags with their byte offsets, and edits by offset, so that every byte that
// is not meant stays as it was. The part must have been through check_patchable() before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// Throws PatchDoubt unless the part is well-formed XML without DTD, in UTF-8. `part` is for the message.
void check_patchable(std::string_view xml, const std::string& part);

enum class TagKind : std::uint8_t { open, close, empty };

struct XmlTag {
    TagKind kind = TagKind::open;
    std::string_view text;           // `<c r="A1">`
    std::string_view name;           // without prefix
    std::string_view prefix;         // `x:` or nothing
    std::size_t begin = 0, end = 0;  // offsets of the text
    std::size_t depth = 0;           // of its element: the root's is 1
};

/// The tag that is written so; begin, end and depth are not set.
XmlTag read_tag(std::string_view text);

/// Where the markup that begins at `at` (a `<`) ends; npos when `xml` does not hold its end.
std::size_t markup_end(std::string_view xml, std::size_t at);

/// Tags one after another; comments, CDATA and instructions are passed over.
class XmlTags {
public:
    explicit XmlTags(std::string_view xml) : xml_(xml) {}
    bool next();
    [[nodiscard]] const XmlTag& tag() const { return tag_; }

private:
    std::string_view xml_;
    std::size_t at_ = 0, depth_ = 0;
    XmlTag tag_;
};

/// The value as written, entities not decoded; empty when absent. `name` with its prefix.
std::string_view tag_attribute(std::string_view tag, std::string_view name);
bool has_attribute(std::string_view tag, std::string_view name);
/// The tag with the attribute set (replaced in its place, or added at the end).
std::string with_attribute(std::string_view tag, std::string_view name, std::string_view value);
/// The prefix with its colon that the tag binds to a namespace, `none` when it binds none.
std::string prefix_of_namespace(std::string_view tag, std::string_view address, std::string_view none);

/// &amp; and the like made plain.
std::string decoded(std::string_view attribute);

/// Changes by offset, in any order; they must not overlap.
class Edits {
public:
    void replace(std::size_t begin, std::size_t end, std::string with) {
        list_.push_back({begin, end, std::move(with)});
    }
    void insert(std::size_t at, std::string text) { replace(at, at, std::move(text)); }
    /// Several insertions at one place come in the order in which they were made.
    [[nodiscard]] std::string apply(std::string_view text);

private:
    struct Edit {
        std::size_t begin, end;
        std::string with;
    };
    std::vector<Edit> list_;
};

}  // namespace kokai
