// SPDX-License-Identifier: Apache-2.0
// A list may name a field twice (item2 and SAFIELD001 are one field, before and after the export): each entry stands
// for itself. The settings say Shift_JIS even where somebody has saved them as UTF-8, so the bytes decide.
#include "read/gis_labels.hpp"

#include "read/encoding.hpp"
#include "read/xml_scanner.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <system_error>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// A file of labels as UTF-8; empty when it is not there, or too large for one.
std::string text_of(const fs::path& path) {
    std::error_code missing;
    if (!fs::is_regular_file(path, missing) || fs::file_size(path, missing) > most_bytes_of_labels) {
        return {};
    }
    const std::string bytes = read_small_file(path, path.filename().string());
    if (first_bad_utf8(bytes) == bytes.size()) {
        return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
    }
    Arena arena;
    std::size_t bad = std::string::npos;
    return std::string(decode_cp932(bytes, arena, bad));
}

/// The first two cells of a line, which may stand in quotes.
std::pair<std::string, std::string> two_cells(std::string_view line) {
    std::pair<std::string, std::string> cells;
    for (std::string* const cell : {&cells.first, &cells.second}) {
        line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
        const bool quoted = line.starts_with('"');
        std::size_t at = quoted ? 1 : 0;
        for (; at < line.size() && line[at] != (quoted ? '"' : ','); ++at) {
            *cell += line[at];
            while (quoted && line.substr(at + 1).starts_with("\"\"")) {
                *cell += '"';
                at += 2;
            }
        }
        *cell = trimmed(*cell);
        line.remove_prefix(std::min(line.find(',', at), line.size()));
        line.remove_prefix(line.empty() ? 0 : 1);
    }
    return cells;
}

void add_list(const fs::path& path, std::vector<FieldLabel>& labels) {
    const std::string text = text_of(path);
    std::string_view rest = text;
    bool header = true;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
        auto [field, title] = two_cells(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (header) {
            if (field != "original_name" || title != "display_name") {
                return;
            }
            header = false;
        } else if (!field.empty() && !title.empty()) {
            labels.push_back({std::move(field), std::move(title), path.filename().string()});
        }
    }
}

class TextBytes : public ByteSource {
public:
    explicit TextBytes(std::string_view text) : text_(text) {}
    std::size_t read(char* into, std::size_t size) override {
        const std::size_t got = std::min(size, text_.size());
        std::memcpy(into, text_.data(), got);
        text_.remove_prefix(got);
        return got;
    }

private:
    std::string_view text_;
};

/// One Field: its name in the Shapefile, the column it came from, the title.
void add_setting(XmlScanner& scanner, const std::string& file, std::vector<FieldLabel>& labels) {
    const std::string id = scanner.attribute_text("id");
    std::string column;
    std::string title;
    while (scanner.next_child()) {
        const bool is_title = scanner.name() == "Title";
        if (is_title || scanner.name() == "ColID") {
            scanner.append_own_text(is_title ? title : column);
        } else {
            scanner.skip_element();
        }
    }
    title = trimmed(title);
    for (const std::string& field : {id, std::string(trimmed(column))}) {
        if (!field.empty() && !title.empty()) {
            labels.push_back({field, title, file});
        }
    }
}

void add_settings(const fs::path& path, std::vector<FieldLabel>& labels) {
    const std::string text = text_of(path);
    if (text.find("<S2AConfig") == std::string::npos) {
        return;
    }
    std::string_view body = text;
    if (body.starts_with("<?xml")) {  // it names the encoding before
        body.remove_prefix(std::min(body.find("?>"), body.size() - 2) + 2);
    }
    const std::string file = path.filename().string();
    TextBytes bytes(body);
    XmlScanner scanner(bytes, file, "XML");
    for (auto event = scanner.next(); event != XmlScanner::Event::finished; event = scanner.next()) {
        if (event == XmlScanner::Event::start && scanner.name() == "Field") {
            add_setting(scanner, file, labels);
        }
    }
}

}  // namespace

std::vector<FieldLabel> labels_beside(const fs::path& shp) {
    std::vector<FieldLabel> labels;
    const std::string stem = (shp.parent_path() / shp.stem()).string();
    add_list(stem + std::string(list_of_labels), labels);
    add_settings(stem + std::string(export_settings), labels);
    return labels;
}

void name_by_labels(const std::vector<FieldLabel>& labels, std::vector<std::string>& names,
                    std::vector<std::string>& said_by) {
    said_by.assign(names.size(), {});
    std::set<std::string> given(names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto label =
            std::find_if(labels.begin(), labels.end(), [&](const FieldLabel& one) { return one.field == names[i]; });
        if (label == labels.end() || label->title == names[i]) {
            continue;
        }
        said_by[i] = label->file;
        names[i] = given.insert(label->title).second ? label->title : label->title + "（" + names[i] + "）";
    }
}

}  // namespace kokai
