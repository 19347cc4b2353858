// SPDX-License-Identifier: Apache-2.0
#include "support/xml.hpp"

#include "model/error.hpp"

#include <expat.h>

#include <exception>
#include <memory>

namespace kokai {
namespace {

constexpr int deepest = 200;
constexpr std::size_t piece_bytes = 1U << 20U;

struct ParserDeleter {
    void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};

struct Run {
    XML_Parser parser = nullptr;
    XmlHandler* handler = nullptr;
    int depth = 0;
    bool too_deep = false;
    bool has_doctype = false;
    std::exception_ptr thrown;

    /// expat is C: an exception waits here until the parser has returned.
    template <typename Call>
    void guarded(Call call) {
        if (thrown != nullptr) {
            return;
        }
        try {
            call();
        } catch (...) {
            thrown = std::current_exception();
            XML_StopParser(parser, XML_FALSE);
        }
    }
};

void on_start(void* data, const char* name, const char** attributes) {
    Run& run = *static_cast<Run*>(data);
    if (++run.depth > deepest) {
        run.too_deep = true;
        XML_StopParser(run.parser, XML_FALSE);
        return;
    }
    run.guarded([&] { run.handler->start(local_name(name), XmlAttributes(attributes)); });
}

void on_end(void* data, const char* name) {
    Run& run = *static_cast<Run*>(data);
    --run.depth;
    run.guarded([&] { run.handler->end(local_name(name)); });
}

void on_text(void* data, const char* bytes, int size) {
    Run& run = *static_cast<Run*>(data);
    run.guarded([&] { run.handler->text({bytes, static_cast<std::size_t>(size)}); });
}

void on_doctype(void* data, const char* /*name*/, const char* /*system*/, const char* /*public_id*/, int /*internal*/) {
    Run& run = *static_cast<Run*>(data);
    run.has_doctype = true;
    XML_StopParser(run.parser, XML_FALSE);
}

}  // namespace

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view XmlAttributes::operator[](std::string_view name) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
        if (name == *pair) {
            return pair[1];
        }
    }
    for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
        const std::string_view whole = *pair;
        if (!whole.starts_with("xmlns:") && local_name(whole) == name) {
            return pair[1];
        }
    }
    return {};
}

void parse_xml(std::string_view bytes, XmlHandler& handler, const std::string& file, const std::string& part) {
    const std::unique_ptr<XML_ParserStruct, ParserDeleter> parser(XML_ParserCreate(nullptr));
    if (!parser) {
        throw WorldError(file, "メモリーが足りません", "out of memory", part);
    }
    Run run;
    run.parser = parser.get();
    run.handler = &handler;
    XML_SetUserData(parser.get(), &run);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
    XML_Status status = XML_STATUS_OK;
    std::size_t done = 0;
    do {
        const std::size_t size = std::min(piece_bytes, bytes.size() - done);
        const bool last = done + size == bytes.size();
        status = XML_Parse(parser.get(), bytes.data() + done, static_cast<int>(size), last ? 1 : 0);
        done += size;
    } while (status == XML_STATUS_OK && done < bytes.size());
    if (run.thrown != nullptr) {
        std::rethrow_exception(run.thrown);
    }
    if (run.has_doctype) {
        throw WorldError(file, part + " に文書型宣言（DTD）があります。安全のため読みません",
                         part + " has a document type declaration (DTD): refused", part);
    }
    if (run.too_deep) {
        throw WorldError(file, part + " の入れ子が深すぎます", part + " is nested too deeply", part);
    }
    if (status != XML_STATUS_OK) {
        const std::string line = std::to_string(XML_GetCurrentLineNumber(parser.get()));
        const std::string reason = XML_ErrorString(XML_GetErrorCode(parser.get()));
        throw WorldError(file, part + " が壊れています（" + line + " 行目: " + reason + "）",
                         part + " is broken (line " + line + ": " + reason + ")", part);
    }
}

}  // namespace kokai
