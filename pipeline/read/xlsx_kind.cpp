// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_kind.hpp"

#include "model/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string_view>

namespace kokai {
namespace {

[[noreturn]] void refuse(const std::string& shown, const char* ja, const char* en) {
    throw WorldError(shown, ja, en);
}

/// Names in an OLE2 directory are UTF-16.
bool holds_utf16(std::string_view bytes, std::string_view ascii) {
    std::string wide;
    for (const char letter : ascii) {
        wide += letter;
        wide += '\0';
    }
    return bytes.find(wide) != std::string_view::npos;
}

/// No control characters but line breaks and tabs: some text, in whatever encoding.
bool looks_like_text(std::string_view start) {
    return std::all_of(start.begin(), start.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t' || c == '\x1B';
    });
}

}  // namespace

void refuse_other_kinds_than_zip(const std::filesystem::path& path, const std::string& shown) {
    const InputFile file(path, shown);
    if (file.bytes() == 0) {
        refuse(shown, "空のファイルです（0 バイト）。保存し直してください",
               "the file is empty (0 bytes): save it again");
    }
    std::string start(4096, '\0');
    start.resize(file.read_at(0, start.data(), start.size()));
    if (start.starts_with("PK\x03\x04")) {
        return;
    }
    if (start.starts_with("\xD0\xCF\x11\xE0")) {
        refuse(shown, "Excel の .xlsx ではなく、古い Office のファイルです", "is an old Office file, not .xlsx");
    }
    if (start.starts_with("PK\x05\x06")) {
        refuse(shown, "中身のない ZIP ファイルです", "is an empty ZIP archive");
    }
    if (start.starts_with("%PDF")) {
        refuse(shown, "Excel ではなく PDF です", "is a PDF, not Excel");
    }
    std::string_view text = start;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    const std::string head = lowered(text.substr(0, 1024));
    if (head.find("<html") != std::string::npos || head.starts_with("<!doctype html")) {
        refuse(shown, "Excel ではなく HTML（ホームページのファイル）です。データのファイルを保存し直してください",
               "is an HTML page, not Excel: download the data file itself");
    }
    if (head.find("urn:schemas-microsoft-com:office:spreadsheet") != std::string::npos) {
        refuse(shown, "古い形式の XML スプレッドシートです。Excel で開き、.xlsx で保存し直してください",
               "is an XML spreadsheet of 2003: save it as .xlsx");
    }
    if (head.starts_with("<?xml")) {
        refuse(shown, "Excel ではなく XML のファイルです", "is an XML file, not Excel");
    }
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF") || looks_like_text(start)) {
        refuse(shown,
               "Excel ではなく CSV などの文字のファイルです。拡張子を .csv に直すか、Excel で .xlsx "
               "として保存し直してください",
               "is a text file (CSV perhaps), not Excel: rename it to .csv or save it as .xlsx");
    }
    refuse(shown, "Excel の .xlsx ではありません（種類の分からないファイルです）",
           "is not an .xlsx file (of no kind that is known)");
}

bool names_encrypted_package(const std::filesystem::path& path, const std::string& shown) {
    // The directory usually stands near the beginning or the end; look at both.
    const InputFile file(path, shown);
    constexpr std::size_t window = 512U << 10U;
    const std::uint64_t tail = file.bytes() > window ? file.bytes() - window : 0;
    for (const std::uint64_t from : {std::uint64_t{0}, tail}) {
        std::string bytes(window, '\0');
        bytes.resize(file.read_at(from, bytes.data(), window));
        if (holds_utf16(bytes, "EncryptedPackage")) {
            return true;
        }
    }
    return false;
}

void refuse_other_package(const std::vector<std::string>& part_names, const std::string& shown) {
    const auto has = [&](std::string_view start) {
        return std::any_of(part_names.begin(), part_names.end(),
                           [&](const std::string& name) { return name.starts_with(start); });
    };
    if (has("xl/workbook.bin")) {
        refuse(shown, "バイナリー形式の Excel（.xlsb）です。.xlsx で保存し直してください",
               "is a binary workbook (.xlsb): save it as .xlsx");
    }
    if (has("word/")) {
        refuse(shown, "Excel ではなく Word のファイルです", "is a Word document, not Excel");
    }
    if (has("ppt/")) {
        refuse(shown, "Excel ではなく PowerPoint のファイルです", "is a PowerPoint file, not Excel");
    }
    refuse(shown, "Excel のファイルではなく、ほかの ZIP ファイルです（ブックがありません）",
           "is a ZIP archive without a workbook, not Excel");
}

}  // namespace kokai
