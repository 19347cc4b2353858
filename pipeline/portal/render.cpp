// SPDX-License-Identifier: Apache-2.0
#include "portal/render.hpp"

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace kokai {
namespace {

namespace mustache = kainjow::mustache;

/// Values are moved to their places: kainjow's set() and push_back() copy all that is below, once more at each level.
mustache::data data_of(const nlohmann::ordered_json& value) {
    switch (value.type()) {
    case nlohmann::ordered_json::value_t::object: {
        mustache::data object(mustache::data::type::object);
        for (const auto& [key, inner] : value.items()) {
            object[key] = data_of(inner);
        }
        return object;
    }
    case nlohmann::ordered_json::value_t::array: {
        mustache::list list;
        list.reserve(value.size());
        for (const auto& inner : value) {
            list.push_back(data_of(inner));
        }
        return mustache::data(list);
    }
    case nlohmann::ordered_json::value_t::string: {
        const auto& text = value.get_ref<const std::string&>();
        // kainjow takes an empty string for true
        return text.empty() ? mustache::data(false) : mustache::data(text);
    }
    case nlohmann::ordered_json::value_t::boolean:
        return mustache::data(value.get<bool>());
    case nlohmann::ordered_json::value_t::number_integer:
    case nlohmann::ordered_json::value_t::number_unsigned:
    case nlohmann::ordered_json::value_t::number_float:
        return mustache::data(value.dump());
    default:
        return mustache::data(false);
    }
}

}  // namespace

std::string render(const std::string& name, const std::string& text, const nlohmann::ordered_json& values) {
    mustache::mustache page(text);
    std::string rendered;
    if (page.is_valid()) {
        page.render(data_of(values), [&](const std::string& piece) { rendered += piece; });
    }
    if (!page.is_valid()) {
        throw std::runtime_error("template " + name + ": " + page.error_message());
    }
    return rendered;
}

}  // namespace kokai
