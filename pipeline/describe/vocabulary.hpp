// SPDX-License-Identifier: Apache-2.0
// The words that catalogs share: media types, file types, frequencies, licences. Only what is certain; else nothing.
#pragma once

#include <string>
#include <string_view>

namespace kokai {

struct FormatInfo {
    std::string_view name;        // csv
    std::string_view label;       // CSV
    std::string_view note;        // for whom it is good, in Japanese
    std::string_view media_type;  // text/csv
    std::string_view file_type;   // code of the EU file type authority, may be empty
};

/// What there is to say of an output's format; `partner:…` is a workbook. An unknown one has its own name as label.
FormatInfo format_info(std::string_view format);

/// The url when it is an http(s) address without blanks, quotes or control characters; else nothing. `javascript:`
/// never is.
std::string web_address(std::string_view url);

/// web_address of a folder: always ends in `/`, so that paths can be put behind it. Empty stays empty.
std::string folder_address(std::string_view url);

/// 年1回, 毎年, 1年に1回 … to the code of the EU frequency authority (ANNUAL); empty when the words are not known.
std::string_view frequency_code(std::string_view words);

/// The EU authority's address of a licence id (CC-BY-4.0); empty when it has none.
std::string_view licence_authority(std::string_view id);

/// Parts of a path as a URL path: bytes outside the unreserved set are percent-encoded, `/` stays.
std::string url_path(std::string_view path);

/// start/end of an ISO interval; an open or missing end is empty. A text that is no interval of dates gives two empty
/// ones.
struct Interval {
    std::string start, end;
};
Interval interval_of(std::string_view temporal);

/// YYYY, YYYY-MM or YYYY-MM-DD: the XSD type that it is (gYear, gYearMonth, date), or nothing.
std::string_view xsd_date_type(std::string_view date);

}  // namespace kokai
