// SPDX-License-Identifier: Apache-2.0
#include "map/value_profile.hpp"

#include "model/prefecture.hpp"
#include "normalise/code.hpp"
#include "normalise/text.hpp"
#include "normalise/utf8.hpp"
#include "support/text.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace kokai {
namespace {

constexpr std::size_t most_values = 400;

bool matches(std::string_view text, const re2::RE2& pattern) {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

/// Kana, with what stands between them; digits and letters may follow (公園１ in a reading).
bool is_kana_only(std::string_view key) {
    std::size_t kana = 0;
    for (std::size_t at = 0; at < key.size();) {
        const char32_t c = utf8::next(key, at);
        if (c >= 0x3041 && c <= 0x30FF) {
            ++kana;
        } else if (c >= 0x80 && c != 0x3000) {
            return false;
        }
    }
    return kana >= 2;
}

bool is_latin(std::string_view key) {
    const bool ascii = std::all_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii && std::any_of(key.begin(), key.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

double number_of(std::string_view key) {
    double value = 0;
    return re2::RE2::FullMatch(re2::StringPiece(key.data(), key.size()), "([0-9.]+)", &value) ? value : 0.0;
}

bool is_within(double value, double low, double high) {
    return value >= low && value <= high;
}
bool is_latitude(double value) {
    return is_within(value, 20, 46);
}
bool is_longitude(double value) {
    return is_within(value, 122, 154);
}

/// Compiled once; on fold_key() of a cell: no spaces, ASCII digits, '-' for every dash, '~' for every wave.
struct Patterns {
    re2::RE2 phone{R"(^\(?0\d{1,4}[)-]?\d{1,4}[)-]?\d{3,4}($|[^0-9-])|^\d{2,4}-\d{4}$|^0\d{9,10}$)"};
    re2::RE2 postal{R"(^〒?\d{3}-\d{4}$|^\d{7}$)"};
    re2::RE2 url{R"(^(https?://|www\.))"};
    re2::RE2 email{R"(^[^@/]+@[^@/]+\.[a-z]+$)"};
    re2::RE2 integer{R"(^-?\d[\d,]*$)"};
    re2::RE2 number{R"(^-?\d[\d,]*(\.\d+)?$)"};
    re2::RE2 degrees{R"(^\d{2,3}\.\d{3,}$)"};
    re2::RE2 degrees_minutes{R"(^(?:北緯|東経|n|e)?(\d{2,3})[°度]\d{1,2}['’′分])"};
    re2::RE2 pair{R"(^[^0-9]{0,3}(\d{2,3}\.\d{3,})[^0-9.]{1,4}(\d{2,3}\.\d{3,})[^0-9]{0,2}$)"};
    re2::RE2 date{
        R"(^(19|20)\d{2}[-/.年]\d{1,2}([-/.月]|$)|^(19|20)(0\d|1[0-2]|[2-9]\d)(0[1-9]|1[0-2])([0-2]\d|3[01])$|^(明治|大正|昭和|平成|令和|[mtshr])\.?(\d{1,2}|元)[-/.年]|^\d{1,2}月\d{1,2}日|^\d{1,2}/\d{1,2}/(19|20)\d{2}$)"};
    re2::RE2 date_span{R"(\d[日)]?(\([^)]*\))?(~|から|-)((19|20)\d{2}[-/.年]|\d{1,2}月|\d{1,2}日|(平成|令和)\d))"};
    re2::RE2 time{R"(^(午前|午後|am|pm)?\d{1,2}(:\d{2}(:\d{2})?|時(\d{1,2}分|半)?)$)"};
    re2::RE2 time_span{R"(\d{1,2}(:\d{2}|時(\d{1,2}分|半)?)(~|-|から)(翌日?|午前|午後|am|pm)?\d{1,2}[:時])"};
    re2::RE2 flag{R"(^([01○〇◯●◎△×✕✓xyn-]|yes|no|true|false|有|無|有り|無し|あり|なし|可|不可|はい|いいえ)$)"};
    re2::RE2 weekdays{R"(^(月|火|水|木|金|土|日|祝日?|祝祭日|平日|毎日|曜日?|全日|[・、,;/~-])+$)"};
    re2::RE2 city{R"(^[^0-9]{1,8}[市区町村]$)"};
    re2::RE2 address{
        R"([市区町村郡字][^0-9一二三四五六七八九十]*[0-9一二三四五六七八九十]|丁目|番地|[^0-9]\d+-\d+(-\d+)?$|^[^0-9]+[市区町村郡].+[町字])"};
    re2::RE2 lg_code{R"(^\d{5,6}$)"};
    re2::RE2 corporate{R"(^\d{13}$)"};
};

const Patterns& patterns() {
    static const Patterns all;
    return all;
}

class Counter {
public:
    explicit Counter(ValueProfile& profile) : profile_(profile) {}

    void operator()(std::string_view cell) {
        const Patterns& is = patterns();
        const std::string key = fold_key(cell);
        const bool url = matches(key, is.url);
        count(Look::url, url);
        if (url) {
            return;
        }
        count(Look::kana, is_kana_only(key));
        count(Look::phone, matches(key, is.phone));
        count(Look::postal_code, matches(key, is.postal));
        count(Look::email, matches(key, is.email));
        count(Look::integer, matches(key, is.integer));
        count(Look::number, matches(key, is.number));
        coordinates(cell, key);
        const bool date_span = matches(key, is.date_span) && matches(key, is.date);
        count(Look::date_span, date_span);
        count(Look::date, !date_span && matches(key, is.date));
        count(Look::time, matches(key, is.time));
        count(Look::time_span, matches(key, is.time_span));
        count(Look::flag, matches(key, is.flag));
        count(Look::weekdays, matches(key, is.weekdays));
        const bool prefecture = prefecture_name(key) == key;
        count(Look::prefecture, prefecture);
        count(Look::city, !prefecture && matches(key, is.city));
        count(Look::address, matches(key, is.address));
        count(Look::lg_code, matches(key, is.lg_code) && is_known_lg_code(std::string_view(key).substr(0, 5)));
        count(Look::corporate_number, matches(key, is.corporate));
        count(Look::latin, is_latin(key));
        count(Look::zero, key == "0" || key == "0.0");
    }

private:
    void count(Look look, bool yes) { profile_.counts[static_cast<std::size_t>(look)] += yes ? 1U : 0U; }

    void coordinates(std::string_view cell, const std::string& key) {
        double degrees = 0;
        if (matches(key, patterns().degrees)) {
            degrees = number_of(key);
        } else {
            re2::RE2::PartialMatch(key, patterns().degrees_minutes, &degrees);
        }
        count(Look::latitude, is_latitude(degrees));
        count(Look::longitude, is_longitude(degrees));
        const std::string text = tidy(trimmed(cell), Widths::fold_ascii).text;
        double first = 0;
        double second = 0;
        if (re2::RE2::PartialMatch(text, patterns().pair, &first, &second)) {
            count(Look::lat_lon, is_latitude(first) && is_longitude(second));
            count(Look::lon_lat, is_longitude(first) && is_latitude(second));
        }
    }

    ValueProfile& profile_;
};

/// A shape that only one kind of field has: many such values speak for the field, few against it.
ValueFit by_shape(const ValueProfile& profile, Look look, double strength, double against) {
    const double share = profile.share(look);
    if (share >= 0.8) {
        return {strength * share, look, share};
    }
    return {share < 0.3 ? -against : 0.0, look, share};
}

/// A coordinate of 0 is none: the others tell.
ValueFit fit_of_degrees(const ValueProfile& profile, Look mine, Look other) {
    const double known = 1.0 - profile.share(Look::zero);
    if (known <= 0.0) {
        return {};
    }
    const double share = profile.share(mine) / known;
    if (profile.share(other) / known >= 0.8) {
        return {-1.0, other, profile.share(other) / known};
    }
    return {share >= 0.8 ? 0.9 * share : share < 0.3 ? -0.8 : 0.0, mine, share};
}

ValueFit fit_of_number(const ValueProfile& profile) {
    const double share = profile.share(Look::number);
    if (profile.share(Look::latitude) + profile.share(Look::longitude) >= 0.8) {
        return {-0.7, Look::latitude, profile.share(Look::latitude)};
    }
    return {share >= 0.8 ? 0.2 : share < 0.3 ? -0.5 : 0.0, Look::number, share};
}

/// What cannot stand in a field of words.
ValueFit against_words(const ValueProfile& profile) {
    for (const Look look : {Look::url, Look::latitude, Look::longitude, Look::lat_lon, Look::email, Look::phone}) {
        if (const double share = profile.share(look); share >= 0.9) {
            return {-0.7, look, share};
        }
    }
    return {};
}

ValueFit fit_of_text(const Field& field, const ValueProfile& profile) {
    const std::string& english = field.english;
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), english) != names.end();
    };
    if (is({"prefectureName", "prefecture", "schoolPrefecture"})) {
        return by_shape(profile, Look::prefecture, 0.9, 0.8);
    }
    if (is({"cityName", "city", "schoolCity"})) {
        return by_shape(profile, Look::city, 0.8, 0.5);
    }
    if (is({"address", "fullAddress", "facilityAddress"})) {
        if (profile.share(Look::city) + profile.share(Look::prefecture) >= 0.8) {
            return {-0.5, Look::city, profile.share(Look::city)};
        }
        return by_shape(profile, Look::address, 0.5, 0.6);
    }
    if (const ValueFit against = against_words(profile); against.fit < 0) {
        return against;
    }
    if (is({"name", "facilityName", "schoolName", "eventName", "careProviderName"})) {
        if (const double share = profile.share(Look::number); share >= 0.9) {
            return {-0.6, Look::number, share};
        }
        if (const double share = profile.share(Look::date); share >= 0.9) {
            return {-0.7, Look::date, share};
        }
    }
    if (english.ends_with("En") || english.ends_with("English")) {
        return by_shape(profile, Look::latin, 0.4, 0.6);
    }
    return {};
}

}  // namespace

ValueProfile profile_of(std::span<const std::string_view> cells) {
    ValueProfile profile;
    Counter look(profile);
    std::set<std::string_view> seen;
    for (const std::string_view cell : cells) {
        ++profile.rows;
        const std::string_view text = trimmed(cell);
        if (text.empty() || text == "-" || text == "－" || text == "null" || text == "NULL") {
            continue;
        }
        seen.insert(text);
        look(text);
        if (++profile.filled >= most_values) {
            break;
        }
    }
    profile.distinct = seen.size();
    return profile;
}

ValueFit fit_of(const Field& field, const ValueProfile& profile) {
    if (profile.filled == 0) {
        return {};
    }
    switch (field.kind) {
    case Kind::kana:
        return by_shape(profile, Look::kana, 0.9, 0.8);
    case Kind::phone:
        return by_shape(profile, Look::phone, field.english == "faxNumber" ? 0.3 : 0.6, 0.7);
    case Kind::latitude:
        return fit_of_degrees(profile, Look::latitude, Look::longitude);
    case Kind::longitude:
        return fit_of_degrees(profile, Look::longitude, Look::latitude);
    case Kind::url:
        return by_shape(profile, Look::url, 0.5, 0.4);
    case Kind::email:
        return by_shape(profile, Look::email, 0.9, 0.8);
    case Kind::postal_code:
        return by_shape(profile, Look::postal_code, 0.8, 0.8);
    case Kind::date:
        return by_shape(profile, Look::date, 0.4, 0.6);
    case Kind::time:
        return by_shape(profile, Look::time, 0.5, 0.6);
    case Kind::weekdays:
        return by_shape(profile, Look::weekdays, 0.8, 0.5);
    case Kind::flag_word:
    case Kind::flag_one:
        return by_shape(profile, Look::flag, 0.3, 0.5);
    case Kind::lg_code:
        return by_shape(profile, Look::lg_code, 0.7, 0.5);
    case Kind::corporate_number:
        return by_shape(profile, Look::corporate_number, 0.9, 0.8);
    case Kind::integer:
    case Kind::number:
        return fit_of_number(profile);
    case Kind::identifier:
        if (field.name == "ID" || field.name == "NO") {
            return {profile.unique()                             ? 0.3
                    : profile.distinct * 10 < profile.filled * 9 ? -0.5
                                                                 : 0.0,
                    Look::integer, profile.share(Look::integer)};
        }
        return {};
    case Kind::text:
    case Kind::verbatim:
        return fit_of_text(field, profile);
    case Kind::poi:
    case Kind::fiscal_year:
    case Kind::period:
    case Kind::percent:
        break;
    }
    return {};
}

LookName name_of(Look look) {
    switch (look) {
    case Look::kana:
        return {"カナだけ", "kana only"};
    case Look::phone:
        return {"電話番号の形", "phone numbers"};
    case Look::postal_code:
        return {"郵便番号の形", "postal codes"};
    case Look::url:
        return {"URL の形", "URLs"};
    case Look::email:
        return {"メールアドレスの形", "e-mail addresses"};
    case Look::latitude:
        return {"日本の緯度の範囲", "latitudes within Japan"};
    case Look::longitude:
        return {"日本の経度の範囲", "longitudes within Japan"};
    case Look::lat_lon:
        return {"「緯度,経度」の形", "latitude,longitude"};
    case Look::lon_lat:
        return {"「経度,緯度」の形", "longitude,latitude"};
    case Look::integer:
    case Look::number:
        return {"数値", "numbers"};
    case Look::date:
        return {"日付の形", "dates"};
    case Look::date_span:
        return {"期間の形", "spans of dates"};
    case Look::time:
        return {"時刻の形", "times"};
    case Look::time_span:
        return {"時間帯の形", "spans of time"};
    case Look::flag:
        return {"有無・○×の形", "yes or no"};
    case Look::weekdays:
        return {"曜日", "weekdays"};
    case Look::prefecture:
        return {"都道府県名", "prefectures"};
    case Look::city:
        return {"市区町村名", "names of municipalities"};
    case Look::address:
        return {"住所の形", "addresses"};
    case Look::lg_code:
        return {"全国地方公共団体コード", "local government codes"};
    case Look::corporate_number:
        return {"13桁の番号", "thirteen digits"};
    case Look::latin:
        return {"英字", "Latin letters"};
    case Look::zero:
    case Look::count_:
        break;
    }
    return {"", ""};
}

}  // namespace kokai
