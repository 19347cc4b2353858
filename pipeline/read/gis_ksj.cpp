// SPDX-License-Identifier: Apache-2.0
// Coordinates are latitude first, in JGD2000 or JGD2011: the specification allows nothing else, and srsName is written
// in many ways. Only references within the file are followed.
#include "read/gis_ksj.hpp"

#include "locate/converter.hpp"
#include "read/gis_xml.hpp"
#include "support/decimal.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kokai {
namespace {

using Event = XmlScanner::Event;

/// A way along a curve of the file, or along another one backwards.
struct Step {
    std::string id;
    bool backwards = false;
};

struct Line {
    std::vector<double> xy;   // its own points: longitude, latitude …
    std::vector<Step> steps;  // … and after them those of other curves
};

struct Drawing {
    GeometryKind kind = GeometryKind::none;
    std::vector<std::vector<Line>> parts;  // of a surface: rings, the outer one first
    std::vector<std::string> members;      // of a multi geometry: further shapes by id
};

constexpr std::array<std::string_view, 14> shape_names{
    "Point",           "Curve",      "LineString",   "OrientableCurve", "CompositeCurve",
    "Surface",         "Polygon",    "MultiSurface", "MultiPolygon",    "MultiCurve",
    "MultiLineString", "MultiPoint", "TopoSurface",  "CompositeSurface"};

bool is_shape(std::string_view name) {
    return std::find(shape_names.begin(), shape_names.end(), name) != shape_names.end();
}

std::string reference_of(const XmlScanner& scanner) {
    std::string target = scanner.attribute_text("href");
    return target.starts_with('#') ? target.substr(1) : std::string();
}

class KsjReader : public GisReader {
public:
    KsjReader(const std::filesystem::path& path, std::string shown)
        : shown_(std::move(shown)), file_(path, shown_), text_(std::make_unique<XmlText>(file_, shown_)),
          scanner_(std::make_unique<XmlScanner>(*text_, shown_, "XML")) {}

    bool open(const GisRequest& request, GisLayer& layer, std::string& error) override {
        read_shapes();
        for (const auto& [name, count] : things_) {
            layer.all.push_back({name, static_cast<std::int64_t>(count)});
        }
        const auto wanted =
            std::find_if(things_.begin(), things_.end(), [&](const auto& one) { return one.first == request.layer; });
        if (wanted == things_.end() && (!request.layer.empty() || things_.size() != 1)) {
            return true;  // not found: the caller lists those there are
        }
        layer.found = true;
        layer.name = wanted != things_.end() ? wanted->first : things_.front().first;
        layer.features = static_cast<std::int64_t>((wanted != things_.end() ? *wanted : things_.front()).second);
        thing_ = layer.name;
        fields_ = fields_of_[thing_];
        layer.fields = fields_;
        constexpr std::array<std::string_view, 3> degrees{"EPSG:4612", "EPSG:6668", "EPSG:4326"};
        if (!request.crs.empty() && std::find(degrees.begin(), degrees.end(), request.crs) == degrees.end()) {
            error = request.crs + ": this kind of file is in JGD2000 or JGD2011 by definition";
            return false;
        }
        layer.crs = !request.crs.empty() ? request.crs : older_ ? "EPSG:4612" : "EPSG:6668";
        layer.datum = GisDatum::known;
        if (layer.crs == "EPSG:4612") {
            converter_ = make_converter(degrees_in(Datum::jgd2000), request.grids);
        }
        begin_again();
        return true;
    }

    bool next(GisChunk& chunk, std::size_t most_rows, std::size_t most_bytes, std::string& /*error*/) override {
        chunk.clear();
        while (chunk.numbers.size() < most_rows && chunk.text.size() + points_ * 16 < most_bytes && next_thing(chunk)) {
        }
        points_ = 0;
        return !chunk.numbers.empty();
    }

private:
    // --- first time: shapes by their id, things and their fields ---

    void read_shapes() {
        if (!to_root()) {
            return;
        }
        while (scanner_->next_child()) {
            const std::string name(scanner_->name());
            if (is_shape(name)) {
                const std::string id = scanner_->attribute_text("id");
                shapes_[id] = read_shape(name);
            } else if (scanner_->attribute("id").empty() || name == "metaDataProperty") {
                look_for_system();
            } else {
                look_at_thing(name);
            }
        }
    }

    /// description, boundedBy and the like: only the envelope says something.
    void look_for_system() {
        const std::size_t depth = scanner_->depth();
        note_system();
        while (scanner_->depth() >= depth) {
            const Event event = scanner_->next();
            if (event == Event::finished) {
                return;
            }
            if (event == Event::start) {
                note_system();
            }
        }
    }
    void note_system() {
        const std::string_view system = scanner_->attribute("srsName");
        older_ = older_ || (system.find("JGD2000") != std::string_view::npos) ||
                 system.find("4612") != std::string_view::npos;
    }

    void look_at_thing(const std::string& name) {
        auto known = std::find_if(things_.begin(), things_.end(), [&](const auto& one) { return one.first == name; });
        if (known == things_.end()) {
            known = things_.insert(things_.end(), {name, 0});
        }
        ++known->second;
        std::vector<std::string>& fields = fields_of_[name];
        read_values([&](const std::string& field, const std::string& /*value*/) {
            if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
                fields.push_back(field);
            }
        });
    }

    // --- a thing's values: the text of its elements, by the element's name ---

    /// Calls `take(field, value)`; gives the shapes that the thing has or points to.
    template <typename Take>
    std::vector<Drawing> read_values(Take&& take) {
        std::vector<Drawing> own;
        while (scanner_->next_child()) {
            read_value(std::string(scanner_->name()), own, take);
        }
        return own;
    }

    template <typename Take>
    void read_value(const std::string& field, std::vector<Drawing>& own, Take& take) {
        const std::string target = reference_of(*scanner_);
        std::string text;
        bool has_children = false;
        for (Event event = scanner_->next(); event == Event::start || event == Event::text; event = scanner_->next()) {
            if (event == Event::text) {
                scanner_->append_text(text);
                continue;
            }
            has_children = true;
            const std::string name(scanner_->name());
            if (is_shape(name)) {
                own.push_back(read_shape(name));
            } else {
                // A year stands in gml:TimeInstant/gml:timePosition, a code in an element of its own.
                read_value(name.starts_with("Time") || name.starts_with("time") ? field : name, own, take);
            }
        }
        const std::string value(trimmed(text));
        if (!target.empty() && value.empty()) {
            Drawing pointed;
            pointed.members.push_back(target);
            own.push_back(std::move(pointed));
        } else if (!has_children || !value.empty()) {
            take(field, value);
        }
    }

    // --- shapes ---

    Drawing read_shape(const std::string& name) {
        Drawing shape;
        if (name == "Point" || name == "MultiPoint") {
            shape.kind = name == "Point" ? GeometryKind::point : GeometryKind::multi_point;
        } else if (name.find("Curve") != std::string::npos || name.find("Line") != std::string::npos) {
            shape.kind = name.starts_with("Multi") ? GeometryKind::multi_line : GeometryKind::line;
        } else {
            shape.kind = name.starts_with("Multi") ? GeometryKind::multi_polygon : GeometryKind::polygon;
        }
        const bool backwards = scanner_->attribute("orientation") == "-";
        Line line;
        read_parts(shape, line, backwards);
        if (!line.xy.empty() || !line.steps.empty()) {
            if (shape.kind == GeometryKind::multi_point) {
                for (std::size_t i = 0; i + 1 < line.xy.size(); i += 2) {
                    shape.parts.push_back({Line{{line.xy[i], line.xy[i + 1]}, {}}});
                }
            } else {
                shape.parts.push_back({std::move(line)});
            }
        }
        return shape;
    }

    /// Everything below the open element: coordinates and references go to `line`, rings and members to the shape.
    void read_parts(Drawing& shape, Line& line, bool backwards) {
        while (scanner_->next_child()) {
            const std::string name(scanner_->name());
            const std::string target = reference_of(*scanner_);
            if (name == "pos" || name == "posList" || name == "coordinates") {
                std::string text;
                scanner_->append_own_text(text);
                append_points(text, line);
            } else if (name == "PolygonPatch" || name == "Polygon" || name == "Surface") {
                shape.parts.emplace_back();
                Line ignored;
                read_parts(shape, ignored, backwards);
            } else if (name == "exterior" || name == "interior" || name == "outerBoundaryIs" ||
                       name == "innerBoundaryIs") {
                Line ring;
                read_parts(shape, ring, backwards);
                if (shape.parts.empty()) {
                    shape.parts.emplace_back();
                }
                shape.parts.back().push_back(std::move(ring));
            } else if (name == "surfaceMember" || name == "pointMember" || name == "lineStringMember") {
                if (!target.empty()) {
                    shape.members.push_back(target);
                    scanner_->skip_element();
                } else {
                    read_parts(shape, line, backwards);
                }
            } else if (name == "curveMember" && shape.kind == GeometryKind::multi_line) {
                Line own;
                if (!target.empty()) {
                    own.steps.push_back({target, backwards});
                }
                read_parts(shape, own, backwards);
                shape.parts.push_back({std::move(own)});
            } else {
                if (!target.empty()) {  // curveMember of a ring, baseCurve
                    line.steps.push_back({target, backwards});
                }
                read_parts(shape, line,
                           name == "OrientableCurve" ? scanner_->attribute("orientation") == "-" : backwards);
            }
        }
    }

    /// Latitude and longitude, as many numbers as stand in a line: a third one is a height.
    static void append_points(std::string_view text, Line& line) {
        const auto next_number = [&]() -> std::optional<double> {
            const std::size_t begin = text.find_first_not_of(" \t\r\n,");
            if (begin == std::string_view::npos) {
                return std::nullopt;
            }
            const std::size_t end = std::min(text.find_first_of(" \t\r\n,", begin), text.size());
            const std::optional<double> number = parse_decimal(text.substr(begin, end - begin));
            text.remove_prefix(end);
            return number;
        };
        while (true) {
            const std::optional<double> latitude = next_number();
            const std::optional<double> longitude = next_number();
            if (!latitude || !longitude) {
                return;
            }
            line.xy.push_back(*longitude);
            line.xy.push_back(*latitude);
        }
    }

    // --- second time: things as rows ---

    bool to_root() {
        Event event = scanner_->next();
        while (event == Event::text) {
            event = scanner_->next();
        }
        return event == Event::start;
    }

    void begin_again() {
        text_ = std::make_unique<XmlText>(file_, shown_);
        scanner_ = std::make_unique<XmlScanner>(*text_, shown_, "XML");
        ended_ = !to_root();
    }

    bool next_thing(GisChunk& chunk) {
        while (!ended_ && scanner_->next_child()) {
            if (scanner_->name() != thing_ || scanner_->attribute("id").empty()) {
                scanner_->skip_element();
                continue;
            }
            std::vector<std::string> values(fields_.size());
            const std::vector<Drawing> own = read_values([&](const std::string& field, const std::string& value) {
                const auto at = std::find(fields_.begin(), fields_.end(), field) - fields_.begin();
                std::string& cell = values.at(static_cast<std::size_t>(at));
                cell += (cell.empty() || value.empty() ? "" : ";") + value;
            });
            for (const std::string& value : values) {
                chunk.text.insert(chunk.text.end(), value.begin(), value.end());
                chunk.ends.push_back(static_cast<std::uint32_t>(chunk.text.size()));
            }
            chunk.numbers.push_back(++read_);
            put_shape(own, chunk);
            return true;
        }
        ended_ = true;
        return false;
    }

    /// The shapes of one thing, those it points to found; several of a kind become one of many parts.
    void put_shape(const std::vector<Drawing>& own, GisChunk& chunk) {
        std::vector<const Drawing*> found;
        bool lost = false;
        for (const Drawing& one : own) {
            lost = !gather(one, found, 0) || lost;
        }
        const std::size_t row = chunk.numbers.size() - 1;
        GeometryKind kind = GeometryKind::none;
        std::size_t parts = 0;
        std::vector<std::vector<std::vector<double>>> all;
        for (const Drawing* one : found) {
            const GeometryKind single = single_of(one->kind);
            if (kind != GeometryKind::none && single != kind) {
                chunk.faults.push_back({row, GisFault::Kind::unsupported, "GeometryCollection", 0, 0});
                return chunk.shapes.end_row(GeometryKind::none);
            }
            kind = single;
            for (const std::vector<Line>& part : one->parts) {
                std::vector<std::vector<double>>& rings = all.emplace_back();
                for (const Line& line : part) {
                    lost = !append_way(line, rings.emplace_back(), false, 0) || lost;
                    lost = !is_long_enough(kind, rings.back()) || lost;
                }
                ++parts;
            }
        }
        if (lost || (kind == GeometryKind::none && !own.empty())) {
            chunk.faults.push_back({row, GisFault::Kind::unreadable, "xlink:href", 0, 0});
            return chunk.shapes.end_row(GeometryKind::none);
        }
        for (std::vector<std::vector<double>>& part : all) {
            for (std::vector<double>& ring : part) {
                to_jgd2011(ring);
                for (std::size_t i = 0; i + 1 < ring.size(); i += 2) {
                    chunk.shapes.add_point(ring[i], ring[i + 1]);
                }
                points_ += ring.size() / 2;
                chunk.shapes.end_ring();
            }
            chunk.shapes.end_part();
        }
        chunk.shapes.end_row(parts <= 1 ? kind : multi_of(kind));
    }

    /// What moved in 2011.
    void to_jgd2011(std::vector<double>& xy) {
        for (std::size_t i = 0; converter_ != nullptr && i + 1 < xy.size(); i += 2) {
            converter_->to_degrees(&xy[i], &xy[i + 1], 1, nullptr);
        }
    }

    static GeometryKind single_of(GeometryKind kind) {
        return kind == GeometryKind::multi_point     ? GeometryKind::point
               : kind == GeometryKind::multi_line    ? GeometryKind::line
               : kind == GeometryKind::multi_polygon ? GeometryKind::polygon
                                                     : kind;
    }
    static GeometryKind multi_of(GeometryKind kind) {
        return kind == GeometryKind::point     ? GeometryKind::multi_point
               : kind == GeometryKind::line    ? GeometryKind::multi_line
               : kind == GeometryKind::polygon ? GeometryKind::multi_polygon
                                               : kind;
    }

    /// Closes rings that the file leaves open.
    static bool is_long_enough(GeometryKind kind, std::vector<double>& xy) {
        if (kind == GeometryKind::polygon && xy.size() >= 4 &&
            (xy[0] != xy[xy.size() - 2] || xy[1] != xy[xy.size() - 1])) {
            xy.push_back(xy[0]);
            xy.push_back(xy[1]);
        }
        const std::size_t least = kind == GeometryKind::point ? 1 : kind == GeometryKind::line ? 2 : 4;
        return xy.size() / 2 >= least;
    }

    /// False when a reference leads nowhere. One to another thing, which is no shape, is left alone.
    bool gather(const Drawing& shape, std::vector<const Drawing*>& found, int depth) {
        if (depth > 8) {
            return false;
        }
        if (!shape.parts.empty()) {
            found.push_back(&shape);
        }
        for (const std::string& id : shape.members) {
            const auto one = shapes_.find(id);
            if (one != shapes_.end() && !gather(one->second, found, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /// The points of a line and of the curves that it goes along; a corner that two share stands there once.
    bool append_way(const Line& line, std::vector<double>& xy, bool backwards, int depth) {
        if (depth > 8) {
            return false;
        }
        const auto add = [&](double x, double y) {
            if (xy.size() < 2 || xy[xy.size() - 2] != x || xy[xy.size() - 1] != y) {
                xy.push_back(x);
                xy.push_back(y);
            }
        };
        if (!backwards) {
            for (std::size_t i = 0; i + 1 < line.xy.size(); i += 2) {
                add(line.xy[i], line.xy[i + 1]);
            }
        }
        for (std::size_t i = 0; i < line.steps.size(); ++i) {
            const Step& step = line.steps[backwards ? line.steps.size() - 1 - i : i];
            const auto curve = shapes_.find(step.id);
            if (curve == shapes_.end()) {
                return false;
            }
            for (const std::vector<Line>& part : curve->second.parts) {
                for (const Line& way : part) {
                    if (!append_way(way, xy, backwards != step.backwards, depth + 1)) {
                        return false;
                    }
                }
            }
        }
        if (backwards) {
            for (std::size_t i = line.xy.size(); i >= 2; i -= 2) {
                add(line.xy[i - 2], line.xy[i - 1]);
            }
        }
        return true;
    }

    std::string shown_;
    InputFile file_;
    std::unique_ptr<XmlText> text_;
    std::unique_ptr<XmlScanner> scanner_;
    std::unordered_map<std::string, Drawing> shapes_;
    std::vector<std::pair<std::string, std::size_t>> things_;  // by name, as they come
    std::map<std::string, std::vector<std::string>> fields_of_;
    bool older_ = false;
    std::unique_ptr<PositionConverter> converter_;  // of JGD2000
    std::string thing_;
    std::vector<std::string> fields_;
    std::uint32_t read_ = 0;
    std::size_t points_ = 0;  // of the chunk
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<GisReader> make_ksj_reader(const std::filesystem::path& path, std::string shown) {
    return std::make_unique<KsjReader>(path, std::move(shown));
}

}  // namespace kokai
