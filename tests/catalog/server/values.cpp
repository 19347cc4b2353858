// SPDX-License-Identifier: Apache-2.0
// See values.hpp.
#include "values.hpp"

#include <openssl/evp.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>

namespace kokai::loopback {

Refusal not_found(std::string_view detail) {
    const std::string message = detail.empty() ? "Not found" : "Not found: " + std::string(detail);
    return {404, {{"__type", "Not Found Error"}, {"message", message}}};
}

Refusal not_authorized(std::string_view detail) {
    const std::string message = detail.empty() ? "Access denied" : "Access denied: " + std::string(detail);
    return {403, {{"__type", "Authorization Error"}, {"message", message}}};
}

Refusal invalid(Json fields) {
    fields["__type"] = "Validation Error";
    return {409, std::move(fields)};
}

Refusal broken() {
    return {500, {{"__type", "Internal Server Error"}, {"message", "Internal Server Error"}}};
}

std::string now() {
    static std::atomic<long long> last{0};
    long long micros =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    long long before = last.load();
    do {
        micros = std::max(micros, before + 1);
    } while (!last.compare_exchange_weak(before, micros));
    const std::time_t seconds = static_cast<std::time_t>(micros / 1000000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 80> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%06lld", parts.tm_year + 1900,
                      parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, micros % 1000000);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string random_id() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    std::string id;
    for (int place = 0; place < 32; ++place) {
        if (place == 8 || place == 12 || place == 16 || place == 20) {
            id += '-';
        }
        std::size_t digit = random() % 16;
        if (place == 12) {
            digit = 4;
        } else if (place == 16) {
            digit = 8 + digit % 4;
        }
        id += "0123456789abcdef"[digit];
    }
    return id;
}

std::string hex_digest(const char* algorithm, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_get_digestbyname(algorithm), nullptr);
    std::string hex;
    for (unsigned int place = 0; place < length; ++place) {
        hex += "0123456789abcdef"[digest[place] >> 4U];
        hex += "0123456789abcdef"[digest[place] & 15U];
    }
    return hex;
}

std::string python_json(const Json& value) {
    if (value.is_array() || value.is_object()) {
        std::string text(1, value.is_array() ? '[' : '{');
        for (auto item = value.begin(); item != value.end(); ++item) {
            if (item != value.begin()) {
                text += ", ";
            }
            if (value.is_object()) {
                text += Json(item.key()).dump() + ": ";
            }
            text += python_json(*item);
        }
        return text + (value.is_array() ? ']' : '}');
    }
    return value.dump();
}

std::string python_repr(const Json& value) {
    if (value.is_null()) {
        return "None";
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "True" : "False";
    }
    if (value.is_string()) {
        return "'" + value.get<std::string>() + "'";
    }
    if (value.is_array() || value.is_object()) {
        std::string text(1, value.is_array() ? '[' : '{');
        for (auto item = value.begin(); item != value.end(); ++item) {
            if (item != value.begin()) {
                text += ", ";
            }
            if (value.is_object()) {
                text += "'" + item.key() + "': ";
            }
            text += python_repr(*item);
        }
        return text + (value.is_array() ? ']' : '}');
    }
    return value.dump();
}

std::string python_type(const Json& value) {
    switch (value.type()) {
    case Json::value_t::null:
        return "NoneType";
    case Json::value_t::boolean:
        return "bool";
    case Json::value_t::array:
        return "list";
    case Json::value_t::object:
        return "dict";
    case Json::value_t::string:
        return "str";
    case Json::value_t::number_float:
        return "float";
    default:
        return "int";
    }
}

std::string as_text(const Json& value) {
    return value.is_string() ? value.get<std::string>() : python_json(value);
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& letter : result) {
        if (letter >= 'A' && letter <= 'Z') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return result;
}

std::string stripped(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

}  // namespace kokai::loopback
