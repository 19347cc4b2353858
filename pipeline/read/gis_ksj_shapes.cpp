// SPDX-License-Identifier: Apache-2.0
// Coordinates are latitude first. A list with one token that is no number is no shape: the vertices behind it would be
// in the wrong places, and without them it would be another one.
#include "read/gis_ksj_shapes.hpp"

#include "support/decimal.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kokai {
namespace {

constexpr int deepest = 8;  // references in references

constexpr std::array<std::string_view, 14> shape_names{
    "Point",           "Curve",      "LineString",   "OrientableCurve", "CompositeCurve",
    "Surface",         "Polygon",    "MultiSurface", "MultiPolygon",    "MultiCurve",
    "MultiLineString", "MultiPoint", "TopoSurface",  "CompositeSurface"};

GeometryKind kind_called(std::string_view name) {
    const bool multi = name.starts_with("Multi");
    if (name == "Point" || name == "MultiPoint") {
        return multi ? GeometryKind::multi_point : GeometryKind::point;
    }
    if (name.find("Curve") != std::string_view::npos || name.find("Line") != std::string_view::npos) {
        return multi ? GeometryKind::multi_line : GeometryKind::line;
    }
    return multi ? GeometryKind::multi_polygon : GeometryKind::polygon;
}

GeometryKind single_of(GeometryKind kind) {
    return kind == GeometryKind::multi_point     ? GeometryKind::point
           : kind == GeometryKind::multi_line    ? GeometryKind::line
           : kind == GeometryKind::multi_polygon ? GeometryKind::polygon
                                                 : kind;
}

GeometryKind multi_of(GeometryKind kind) {
    return kind == GeometryKind::point     ? GeometryKind::multi_point
           : kind == GeometryKind::line    ? GeometryKind::multi_line
           : kind == GeometryKind::polygon ? GeometryKind::multi_polygon
                                           : kind;
}

int dimension_of(const XmlScanner& scanner, int around) {
    const std::string_view said = scanner.attribute("srsDimension");
    return said == "3" ? 3 : said == "2" ? 2 : around;
}

std::vector<std::string_view> tokens_of(std::string_view text) {
    constexpr std::string_view between = " \t\r\n,";
    std::vector<std::string_view> tokens;
    while (true) {
        const std::size_t begin = text.find_first_not_of(between);
        if (begin == std::string_view::npos) {
            return tokens;
        }
        const std::size_t end = std::min(text.find_first_of(between, begin), text.size());
        tokens.push_back(text.substr(begin, end - begin));
        text.remove_prefix(end);
    }
}

/// Closes a ring that the file leaves open; whether it was.
bool close(std::vector<double>& xy) {
    if (xy.size() < 4 || (xy[0] == xy[xy.size() - 2] && xy[1] == xy[xy.size() - 1])) {
        return false;
    }
    xy.push_back(xy[0]);
    xy.push_back(xy[1]);
    return true;
}

}  // namespace

void KsjSystem::note(std::string_view name) {
    const std::string small = lowered(trimmed(name));
    const auto holds = [&](std::string_view word) { return small.find(word) != std::string::npos; };
    if (holds("jgd2000") || holds("4612")) {
        jgd2000 = true;
    } else if (holds("jgd2011") || holds("jgd2024") || holds("6668") || holds("6697")) {
        jgd2011 = true;
    } else if (!small.empty() && other.empty()) {
        other = trimmed(name);
    }
}

bool is_ksj_shape(std::string_view name) {
    return std::find(shape_names.begin(), shape_names.end(), name) != shape_names.end();
}

std::string ksj_reference(const XmlScanner& scanner) {
    std::string target = scanner.attribute_text("href");
    return target.starts_with('#') ? target.substr(1) : target.empty() ? target : '#' + target;
}

bool leads_out_of_file(std::string_view reference) {
    return reference.starts_with('#');
}

KsjDrawing KsjShapes::read(XmlScanner& scanner, std::string_view name) {
    KsjDrawing shape;
    shape.kind = kind_called(name);
    system_.note(scanner.attribute("srsName"));
    KsjLine line;
    read_parts(scanner, shape, line, {scanner.attribute("orientation") == "-", dimension_of(scanner, 2)});
    if (!line.xy.empty() || !line.steps.empty()) {
        if (shape.kind == GeometryKind::multi_point) {
            for (std::size_t i = 0; i + 1 < line.xy.size(); i += 2) {
                shape.parts.push_back({KsjLine{{line.xy[i], line.xy[i + 1]}, {}}});
            }
        } else {
            shape.parts.push_back({std::move(line)});
        }
    }
    // A surface begins a part, and its patch another one; either may be empty.
    std::erase_if(shape.parts, [](const std::vector<KsjLine>& part) { return part.empty(); });
    return shape;
}

/// Everything below the open element: coordinates and references go to `line`, rings and members to the shape.
void KsjShapes::read_parts(XmlScanner& scanner, KsjDrawing& shape, KsjLine& line, Around around) {
    while (scanner.next_child()) {
        system_.note(scanner.attribute("srsName"));
        read_child(scanner, shape, line, {around.backwards, dimension_of(scanner, around.dimension)});
    }
}

void KsjShapes::read_child(XmlScanner& scanner, KsjDrawing& shape, KsjLine& line, Around around) {
    const std::string name(scanner.name());
    std::string target = ksj_reference(scanner);
    if (name == "pos" || name == "posList" || name == "coordinates") {
        std::string text;
        scanner.append_own_text(text);
        // One position with three numbers has a height, whether it says so or not.
        const bool high = name == "pos" && tokens_of(text).size() == 3;
        append_points(text, high ? 3 : around.dimension, shape, line);
    } else if (name == "PolygonPatch" || name == "Polygon" || name == "Surface") {
        shape.parts.emplace_back();
        KsjLine ignored;
        read_parts(scanner, shape, ignored, around);
    } else if (name == "exterior" || name == "interior" || name == "outerBoundaryIs" || name == "innerBoundaryIs") {
        KsjLine ring;
        read_parts(scanner, shape, ring, around);
        if (shape.parts.empty()) {
            shape.parts.emplace_back();
        }
        shape.parts.back().push_back(std::move(ring));
    } else if (name == "surfaceMember" || name == "pointMember" || name == "lineStringMember") {
        if (!target.empty()) {
            shape.members.push_back(std::move(target));
            ++written_.members;
            scanner.skip_element();
        } else {
            read_parts(scanner, shape, line, around);
        }
    } else if (name == "curveMember" && shape.kind == GeometryKind::multi_line) {
        KsjLine own;
        add_step(own, std::move(target), around.backwards);
        read_parts(scanner, shape, own, around);
        shape.parts.push_back({std::move(own)});
    } else {  // curveMember of a ring, baseCurve
        add_step(line, std::move(target), around.backwards);
        if (name == "OrientableCurve") {
            around.backwards = scanner.attribute("orientation") == "-";
        }
        read_parts(scanner, shape, line, around);
    }
}

void KsjShapes::add_step(KsjLine& line, std::string id, bool backwards) {
    if (!id.empty()) {
        line.steps.push_back({std::move(id), backwards});
        ++written_.steps;
    }
}

void KsjShapes::append_points(std::string_view text, int dimension, KsjDrawing& shape, KsjLine& line) {
    const std::vector<std::string_view> tokens = tokens_of(text);
    const auto step = static_cast<std::size_t>(dimension);
    for (std::size_t at = 0; at + 1 < tokens.size(); at += step) {
        const std::optional<double> latitude = parse_decimal(tokens[at]);
        const std::optional<double> longitude = parse_decimal(tokens[at + 1]);
        if (!latitude || !longitude) {
            shape.broken = tokens[latitude ? at + 1 : at];
            return;
        }
        line.xy.push_back(*longitude);
        line.xy.push_back(*latitude);
        ++written_.points;
    }
    if (tokens.size() % step != 0) {
        shape.broken = std::to_string(tokens.size()) + " ÷ " + std::to_string(dimension);
    }
    shape.has_height = shape.has_height || dimension == 3;
}

KsjShapes::Row KsjShapes::put_together(const std::vector<KsjDrawing>& own) const {
    Row row;
    const auto without_shape = [&row](GisFault::Kind kind, std::string found) {
        row.fault.emplace(GisFault{0, kind, std::move(found)});
        row.parts.clear();
        row.open_rings.clear();
        row.kind = GeometryKind::none;
        return row;
    };
    Work work;
    std::vector<const KsjDrawing*> found;
    bool lost = false;
    for (const KsjDrawing& one : own) {
        lost = !gather(one, found, 0, work) || lost;
    }
    std::size_t rings = 0;
    for (const KsjDrawing* one : found) {
        if (!one->broken.empty()) {
            return without_shape(GisFault::Kind::unreadable, "posList: " + one->broken);
        }
        const GeometryKind single = single_of(one->kind);
        if (row.kind != GeometryKind::none && single != row.kind) {
            return without_shape(GisFault::Kind::unsupported, "GeometryCollection");
        }
        row.kind = single;
        row.has_height = row.has_height || one->has_height;
        for (const std::vector<KsjLine>& part : one->parts) {
            lost = !append_part(*one, part, row, rings, work) || lost;
        }
    }
    if (work.broken != nullptr) {
        return without_shape(GisFault::Kind::unreadable, "posList: " + *work.broken);
    }
    if (row.fault) {
        return without_shape(row.fault->kind, row.fault->found);
    }
    if (lost || (row.kind == GeometryKind::none && !own.empty())) {
        return without_shape(GisFault::Kind::unreadable, "xlink:href");
    }
    row.kind = row.parts.size() <= 1 ? row.kind : multi_of(row.kind);
    return row;
}

bool KsjShapes::append_part(const KsjDrawing& shape, const std::vector<KsjLine>& lines, Row& row, std::size_t& rings,
                            Work& work) const {
    const GeometryKind kind = single_of(shape.kind);
    const std::size_t least = kind == GeometryKind::point ? 1 : kind == GeometryKind::line ? 2 : 4;
    std::vector<std::vector<double>>& part = row.parts.emplace_back();
    for (const KsjLine& line : lines) {
        std::vector<double>& xy = part.emplace_back();
        if (!append_way(line, xy, false, 0, work)) {
            return false;
        }
        if (kind == GeometryKind::polygon && close(xy)) {
            row.open_rings.push_back(rings);
        }
        if (xy.size() / 2 < least) {
            const char* const name = kind == GeometryKind::polygon ? "LinearRing: " : "LineString: ";
            row.fault.emplace(GisFault{0, GisFault::Kind::too_few_points,
                                       name + std::to_string(xy.size() / 2) + " < " + std::to_string(least)});
            return false;
        }
        ++rings;
    }
    return true;
}

/// False when there are more references than the file can mean, or one to another file. One to another thing, which is
/// no shape, is left alone.
bool KsjShapes::gather(const KsjDrawing& shape, std::vector<const KsjDrawing*>& found, int depth, Work& work) const {
    if (depth > deepest) {
        return false;
    }
    if (!shape.parts.empty() || !shape.broken.empty()) {
        found.push_back(&shape);
    }
    for (const std::string& id : shape.members) {
        // Every reference of the file twice over: a shape whose references multiply is a trap.
        if (++work.members > 2 * written_.members + 1000) {
            return false;
        }
        const auto one = kept_.find(id);
        if (one == kept_.end() ? leads_out_of_file(id) : !gather(one->second, found, depth + 1, work)) {
            return false;
        }
    }
    return true;
}

/// The points of a line and of the curves that it goes along; a corner that two share stands there once. False when a
/// reference leads nowhere, or the way is longer than all that the file has, twice over.
bool KsjShapes::append_way(const KsjLine& line, std::vector<double>& xy, bool backwards, int depth, Work& work) const {
    work.points += line.xy.size() / 2;
    if (depth > deepest || work.points > 2 * written_.points + 1000) {
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
        const KsjStep& step = line.steps[backwards ? line.steps.size() - 1 - i : i];
        const auto curve = kept_.find(step.id);
        if (++work.steps > 2 * written_.steps + 1000 || curve == kept_.end()) {
            return false;
        }
        if (!curve->second.broken.empty()) {
            work.broken = &curve->second.broken;
            return false;
        }
        for (const std::vector<KsjLine>& part : curve->second.parts) {
            for (const KsjLine& way : part) {
                if (!append_way(way, xy, backwards != step.backwards, depth + 1, work)) {
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

}  // namespace kokai
