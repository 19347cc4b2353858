// SPDX-License-Identifier: Apache-2.0
// Words are in plain form: widths are folded before they come here.
#include "normalise/phone_words.hpp"

#include "normalise/reading.hpp"

namespace kokai {

namespace {

void trim(std::string_view& text) {
    while (drop_prefix(text, " ") || drop_prefix(text, "\n")) {
    }
    while (drop_suffix(text, " ") || drop_suffix(text, "\n")) {
    }
}

}  // namespace

void drop_phone_labels(std::string_view& text) {
    bool again = true;
    while (again) {
        trim(text);
        again = false;
        for (const std::string_view label :
             {"℡", "☎", "☏", "📞", "TEL", "Tel", "tel", "電話番号", "電話", "代表", "直通", "(代表)", "(代)", "(直通)",
              "(直)", "(電話)", "フリーダイヤル", ":", "'"}) {
            again = drop_prefix(text, label) || again;
        }
        // A line for both is still the phone number; a fax number of its own is another matter: take_fax().
        for (const std::string_view label : {"㈹", "(代表)", "(代)", "(直通)", "(直)", "代表", "直通", "(FAX兼用)",
                                             "(FAX共通)", "(FAX共用)", "(FAX同じ)", "(FAX同)", "(FAX同番)", "(FAX兼)",
                                             "(兼FAX)", "(電話・FAX共通)", "(電話・FAX兼用)", "FAX兼用", "FAX共通"}) {
            again = drop_suffix(text, label) || again;
        }
    }
}

std::optional<std::string> take_extension(std::string_view& text) {
    for (const std::string_view word :
         {"(内線)", "(内)", "(内線", "内線", "(内", "内", "(ext.", "ext.", "(ext", "ext"}) {
        const std::size_t at = text.find(word);
        if (at == std::string_view::npos) {
            continue;
        }
        std::string_view extension = text.substr(at + word.size());
        if (word.front() == '(' && word.back() != ')' && !drop_suffix(extension, ")")) {
            return std::string();
        }
        for (const std::string_view label : {"番号", ":", "番"}) {
            trim(extension);
            drop_prefix(extension, label);
        }
        trim(extension);
        drop_suffix(extension, "番");
        text = text.substr(0, at);
        trim(text);
        return all_digits(extension) && extension.size() <= 8 ? std::string(extension) : std::string();
    }
    return std::nullopt;
}

std::vector<std::string> split_phones(const std::string& text) {
    std::string marked = text;
    for (const std::string_view separator : {"、", ",", ";", "\n", "または", "又は", "及び", "・または"}) {
        marked = replace_all(marked, separator, "/");
    }
    std::vector<std::string> parts;
    std::string_view rest = marked;
    for (;;) {
        const std::size_t at = rest.find('/');
        std::string_view part = rest.substr(0, at);
        trim(part);
        parts.emplace_back(part);
        if (at == std::string_view::npos) {
            return parts;
        }
        rest = rest.substr(at + 1);
    }
}

std::string without_joint_label(const std::string& text) {
    std::string_view rest = text;
    for (const std::string_view phone : {"TEL", "Tel", "tel", "電話"}) {
        if (!drop_prefix(rest, phone)) {
            continue;
        }
        for (const std::string_view joint : {"/", "・", "&", "、", "兼", "及び", " "}) {
            drop_prefix(rest, joint);
        }
        for (const std::string_view fax : {"FAX", "Fax", "fax"}) {
            if (drop_prefix(rest, fax)) {
                for (const std::string_view common : {"共通", "兼用", "共用"}) {
                    drop_prefix(rest, common);
                }
                return std::string(rest);
            }
        }
        return text;
    }
    return text;
}

std::optional<std::string> take_fax(std::string& text) {
    for (const std::string_view word : {"(FAX", "(Fax", "(fax", "FAX", "Fax", "fax", "ファックス", "ファクシミリ"}) {
        const std::size_t at = text.find(word);
        if (at == std::string::npos || at == 0) {
            continue;
        }
        std::string fax = text.substr(at + word.size());
        std::string_view number = fax;
        if (word.front() == '(' && !drop_suffix(number, ")")) {
            continue;
        }
        for (const std::string_view label : {"番号", ":", ".", "-"}) {
            trim(number);
            drop_prefix(number, label);
        }
        trim(number);
        if (number.empty() || !is_digit(number[number.front() == '(' ? 1 : 0])) {
            continue;
        }
        std::string_view phone = std::string_view(text).substr(0, at);
        trim(phone);
        for (const std::string_view separator : {"/", "、", ",", ";", "・"}) {
            drop_suffix(phone, separator);
        }
        trim(phone);
        fax = std::string(number);
        text = std::string(phone);
        return fax;
    }
    return std::nullopt;
}

}  // namespace kokai
