// SPDX-License-Identifier: Apache-2.0
// Small XML documents through expat, wrapped once. A document type declaration is refused: what we read never needs
// one, and entities are how a small file becomes a large one (A12) or opens another (A13).
#pragma once

#include <string>
#include <string_view>

namespace kokai {

/// The attributes of one element, by local name.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
    /// Empty when there is none. `name` without prefix finds the attribute under any prefix.
    [[nodiscard]] std::string_view operator[](std::string_view name) const;

private:
    const char** pairs_;
};

/// What a reader of a document gets to see. Names come without their prefix.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual void end(std::string_view /*name*/) {}
    virtual void text(std::string_view /*piece*/) {}
};

/// Throws WorldError naming `file` and `part` when the bytes are not well-formed, declare a document type or nest too
/// deep. What the handler throws comes out unchanged.
void parse_xml(std::string_view bytes, XmlHandler& handler, const std::string& file, const std::string& part);

/// The name behind the last colon.
std::string_view local_name(std::string_view name);

}  // namespace kokai
