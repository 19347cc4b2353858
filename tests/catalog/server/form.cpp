// SPDX-License-Identifier: Apache-2.0
// See form.hpp. A multipart form that does not end properly counts as empty, as with Werkzeug: fields are then
// "missing".
#include "form.hpp"

#include <cstdlib>
#include <optional>

namespace kokai::loopback {

namespace {

constexpr std::size_t most_parts = 1000;
constexpr std::string_view not_json =
    "Bad request - JSON Error: Error decoding JSON data. Error: <BadRequest '400: Bad "
    "Request'> JSON data extracted from the request: {}";
constexpr std::string_view not_json_in_form = "Bad request - JSON Error: Error decoding JSON data. Error: "
                                              "JSONDecodeError('Expecting value: line 1 column 1 (char "
                                              "0)') JSON data extracted from the request: {}";

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string percent_decoded(std::string_view text, char plus) {
    std::string decoded;
    for (std::size_t place = 0; place < text.size(); ++place) {
        if (text[place] == '%' && place + 2 < text.size()) {
            const std::string hex(text.substr(place + 1, 2));
            decoded += static_cast<char>(std::strtol(hex.c_str(), nullptr, 16));
            place += 2;
        } else {
            decoded += text[place] == '+' ? plus : text[place];
        }
    }
    return decoded;
}

/// A parameter of a header: name="…" with backslashes, or name=….
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
    std::size_t place = header.find(';');
    while (place != std::string_view::npos) {
        ++place;
        while (place < header.size() && header[place] == ' ') {
            ++place;
        }
        const std::size_t equals = header.find('=', place);
        if (equals == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string key = lower(header.substr(place, equals - place));
        std::string value;
        place = equals + 1;
        if (place < header.size() && header[place] == '"') {
            for (++place; place < header.size() && header[place] != '"'; ++place) {
                if (header[place] == '\\' && place + 1 < header.size()) {
                    ++place;
                }
                value += header[place];
            }
            place = header.find(';', place);
        } else {
            const std::size_t end = header.find(';', place);
            value = stripped(header.substr(place, end == std::string_view::npos ? end : end - place));
            place = end;
        }
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

/// Adds one part; false when its head makes no sense.
bool add_part(std::string_view part, Fields& fields, std::map<std::string, UploadedFile>& files) {
    std::string disposition;
    while (true) {
        const std::size_t end = part.find('\n');
        if (end == std::string_view::npos) {
            return false;
        }
        const std::string line = stripped(part.substr(0, end));
        part.remove_prefix(end + 1);
        if (line.empty()) {
            break;
        }
        if (lower(line).rfind("content-disposition:", 0) == 0) {
            disposition = line;
        }
    }
    const auto name = parameter(disposition, "name");
    if (!name) {
        return false;
    }
    auto file_name = parameter(disposition, "filename");
    if (const auto extended = parameter(disposition, "filename*")) {
        const std::size_t quote = extended->rfind('\'');
        file_name = percent_decoded(extended->substr(quote == std::string::npos ? 0 : quote + 1), '+');
    }
    if (file_name) {
        files.try_emplace(*name, UploadedFile{*file_name, std::string(part)});  // of two files, the first wins
    } else {
        fields.emplace_back(*name, std::string(part));
    }
    return true;
}

bool read_multipart(std::string_view body, const std::string& boundary, Fields& fields,
                    std::map<std::string, UploadedFile>& files) {
    const std::string first = "--" + boundary;
    const std::string next = "\n--" + boundary;
    if (boundary.empty() || body.rfind(first, 0) != 0) {
        return false;
    }
    std::size_t parts = 0;
    std::size_t place = first.size();
    while (body.substr(place, 2) != "--") {
        const std::size_t begin = body.find('\n', place);
        const std::size_t end = begin == std::string_view::npos ? begin : body.find(next, begin);
        if (end == std::string_view::npos) {
            return false;
        }
        if (++parts > most_parts) {
            throw TooManyParts{};
        }
        const std::size_t content_end = end > begin + 1 && body[end - 1] == '\r' ? end - 1 : end;
        if (content_end < begin + 1 || !add_part(body.substr(begin + 1, content_end - begin - 1), fields, files)) {
            return false;
        }
        place = end + next.size();
    }
    return true;
}

Fields read_urlencoded(std::string_view body) {
    Fields fields;
    while (!body.empty()) {
        const std::size_t end = body.find('&');
        const std::string_view pair = body.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (!pair.empty()) {
            fields.emplace_back(percent_decoded(pair.substr(0, equals), ' '),
                                equals == std::string_view::npos ? std::string()
                                                                 : percent_decoded(pair.substr(equals + 1), ' '));
        }
        body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    }
    return fields;
}

/// A repeated field is a list.
Json mixed(const Fields& fields) {
    Json values = Json::object();
    for (const auto& [name, value] : fields) {
        if (!values.contains(name)) {
            values[name] = value;
        } else if (values[name].is_array()) {
            values[name].push_back(value);
        } else {
            values[name] = Json::array({values[name], value});
        }
    }
    return values;
}

Json object_only(const Json& value) {
    if (!value.is_object()) {
        throw BadRequest{"Bad request - JSON Error: Request data JSON decoded to " + python_repr(value) +
                         " but it needs to be a dictionary."};
    }
    return value;
}

Json read_json(const std::string& text, std::string_view refusal) {
    const Json value = Json::parse(text, nullptr, false);
    if (value.is_discarded()) {
        throw BadRequest{std::string(refusal)};
    }
    return object_only(value);
}

}  // namespace

RequestData read_request(RawRequest& request, UrlParameters url_parameters) {
    RequestData data;
    const std::string type = lower(stripped(request.content_type.substr(0, request.content_type.find(';'))));
    Fields fields;
    bool body_is_form = false;
    if (request.method == "POST" && type == "multipart/form-data") {
        body_is_form = true;
        const auto boundary = parameter(request.content_type, "boundary");
        if (!read_multipart(request.body, boundary.value_or(""), fields, data.files)) {
            fields.clear();
            data.files.clear();
        }
    } else if (request.method == "POST" && type == "application/x-www-form-urlencoded") {
        body_is_form = true;
        fields = read_urlencoded(request.body);
    }
    if (!fields.empty()) {
        if (fields.size() == 1 && (fields[0].second == "1" || fields[0].second.empty())) {
            data.values = read_json(fields[0].first, not_json_in_form);  // curl -d '{…}' comes like this
        } else {
            data.values = mixed(fields);
        }
    } else if (url_parameters == UrlParameters::read && !request.query.empty()) {
        data.values = mixed(request.query);
    } else if (!request.body.empty() && !body_is_form) {
        const bool json = type == "application/json" || (type.rfind("application/", 0) == 0 && type.size() > 5 &&
                                                         type.compare(type.size() - 5, 5, "+json") == 0);
        if (!json || !request.content_encoding.empty()) {
            throw BadRequest{std::string(not_json)};
        }
        data.values = read_json(request.body, not_json);
    }
    request.body.clear();
    request.body.shrink_to_fit();
    return data;
}

}  // namespace kokai::loopback
