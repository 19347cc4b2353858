// SPDX-License-Identifier: Apache-2.0
// Small schemas for tests, and a stage that gives columns the fields of their names.
#pragma once

#include "engine/stage.hpp"
#include "model/schema.hpp"

#include <string>
#include <utility>
#include <vector>

namespace kokai::testing {

inline Field field_named(std::string name) {
    Field field;
    field.name = std::move(name);
    return field;
}

/// A schema of optional text fields.
inline Schema schema_with(const std::vector<std::string>& names) {
    Schema schema;
    schema.id = "own/test";
    for (const std::string& name : names) {
        schema.fields.push_back(field_named(name));
    }
    return schema;
}

/// The same, each field with its name as its English name, by which stages know columns.
inline Schema schema_in_english(const std::vector<std::string>& names) {
    Schema schema = schema_with(names);
    for (Field& field : schema.fields) {
        field.english = field.name;
    }
    return schema;
}

/// Columns with the name of a field get that field; nothing else changes.
class TakeFields : public Transform {
public:
    explicit TakeFields(const Schema& schema) : schema_(&schema) {}
    Shape bind(const Shape& in) override {
        Shape out = in;
        for (ColumnInfo& column : out.columns) {
            column.field = schema_->find(column.name);
        }
        return out;
    }
    void run(Batch& /*batch*/, Findings& /*findings*/) const override {}

private:
    const Schema* schema_;
};

}  // namespace kokai::testing
