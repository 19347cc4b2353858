// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/annotated.hpp"

#include "read/xlsx_package.hpp"
#include "read/xlsx_workbook.hpp"
#include "support/output_file.hpp"
#include "support/text.hpp"
#include "write/annotate/comments.hpp"
#include "write/annotate/doubt.hpp"
#include "write/annotate/list_sheet.hpp"
#include "write/annotate/raw_zip.hpp"
#include "write/annotate/sheet_patch.hpp"
#include "write/annotate/sheet_survey.hpp"
#include "write/annotate/styles.hpp"
#include "write/annotate/workbook_parts.hpp"
#include "write/annotate/xml_edit.hpp"
#include "write/excel/parts.hpp"
#include "write/excel/zip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace kokai {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view types_part = "[Content_Types].xml";
constexpr std::string_view spreadsheetml = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
constexpr std::size_t most_said_of_a_cell = 8;

std::string rels_of(const std::string& part) {
    const std::size_t slash = part.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
    return folder + "_rels/" + part.substr(folder.size()) + ".rels";
}

/// A sheet with marks, and what becomes of the parts around it.
struct SheetPlan {
    const WorkbookSheet* sheet = nullptr;
    CellMarks marks;
    CellTexts texts;
    SheetSurvey survey;
    std::string legacy_id;  // to be added to the sheet; empty = it has one, or needs none
};

class Annotator {
public:
    Annotator(const fs::path& source, const RemarkList& list)
        : path_(source), list_(list), package_(source, list.file), types_(part_text(types_part)),
          workbook_(read_workbook(package_)), workbook_xml_(part_text(workbook_.part)),
          workbook_rels_(part_text(rels_of(workbook_.part))),
          styles_(workbook_.styles_part.empty() ? std::string() : part_text(workbook_.styles_part)) {
        refuse_what_must_not_change();
    }

    [[nodiscard]] std::string extension() const {
        const std::string type = content_type_of(types_, workbook_.part);
        constexpr std::string_view macros = "application/vnd.ms-excel.";
        if (type == std::string(spreadsheetml) + "sheet.main+xml") {
            return ".xlsx";
        }
        if (type == std::string(spreadsheetml) + "template.main+xml") {
            return ".xltx";
        }
        if (type == std::string(macros) + "sheet.macroEnabled.main+xml") {
            return ".xlsm";
        }
        if (type == std::string(macros) + "template.macroEnabled.main+xml") {
            return ".xltm";
        }
        throw PatchDoubt("Excel のブックの種類が分かりません（" + printable(type) + "）",
                         "an unknown kind of workbook (" + printable(type) + ")");
    }

    void write(const fs::path& to) {
        plan_marks();
        for (SheetPlan& plan : plans_) {
            survey(plan);
        }
        say_in_comments();
        for (SheetPlan& plan : plans_) {
            plan_comments(plan);
        }
        plan_list();

        FileWriter file(to, to.filename().string());
        ZipWriter zip(file, to.filename().string());
        zip.add(types_part, with_content_types(types_, new_parts_, needs_vml_ ? VmlDefault::add : VmlDefault::leave));
        const RawZip raw(path_);
        for (std::uint64_t entry = 0; entry < raw.entries(); ++entry) {
            const std::string name = raw.name(entry);
            const auto plan = std::find_if(plans_.begin(), plans_.end(), [&](const SheetPlan& one) {
                return lowered(one.sheet->part) == lowered(name);
            });
            if (plan != plans_.end()) {
                write_sheet(*plan, name, zip);
            } else if (!changed_.contains(lowered(name)) && lowered(name) != lowered(types_part) &&
                       lowered(name) != lowered(styles_part())) {
                raw.copy(entry, zip);
            }
        }
        for (const auto& [key, part] : changed_) {
            zip.add(part.first, part.second);
        }
        zip.add(list_part_, list_sheet_xml(told_, styles_, [&](const Remark& remark) { return link_of(remark); }));
        zip.add(styles_part(), styles_.finish());  // last: the sheets have said by now which styles they need
        zip.finish();
        file.finish();
    }

private:
    [[nodiscard]] std::string part_text(std::string_view part) const {
        if (!package_.has(part)) {
            return {};
        }
        std::string text = package_.read(part);
        check_patchable(text, std::string(part));
        return text;
    }

    [[nodiscard]] std::string styles_part() const {
        return workbook_.styles_part.empty() ? new_styles_part_ : workbook_.styles_part;
    }

    void refuse_what_must_not_change() const {
        if (types_.empty() || workbook_rels_.empty()) {
            throw PatchDoubt("ブックの目録が足りません", "the package lacks its lists of parts");
        }
        if (workbook_xml_.find("purl.oclc.org/ooxml") != std::string::npos) {
            throw PatchDoubt("「Strict Open XML」形式のブックです", "a workbook in Strict Open XML");
        }
        for (const std::string& name : package_.names()) {
            if (lowered(name).starts_with("_xmlsignatures/")) {
                throw PatchDoubt("電子署名のあるブックです。書き足すと署名が無効になります",
                                 "a signed workbook: a change would break the signature");
            }
            if (lowered(name).starts_with("xl/revisions/")) {
                throw PatchDoubt("共有ブック（変更履歴つき）です", "a shared workbook with its history");
            }
        }
    }

    /// The cells that a finding is about: its own, or the first of its row when it is about the whole row. (A column
    /// that the sheet does not have has no cell to mark.)
    static std::vector<CellPlace> cells_of(const Remark& remark) {
        if (remark.cells.empty() && remark.column.empty() && remark.row > 0 && remark.severity != Severity::note) {
            return {{remark.row, 1}};
        }
        return remark.cells;
    }

    [[nodiscard]] const WorkbookSheet* sheet_of(const Remark& remark) const {
        const auto found =
            std::find_if(workbook_.sheets.begin(), workbook_.sheets.end(),
                         [&](const WorkbookSheet& one) { return one.name == remark.sheet && package_.has(one.part); });
        return found == workbook_.sheets.end() ? nullptr : &*found;
    }

    SheetPlan* plan_of(const WorkbookSheet* sheet) {
        const auto found =
            std::find_if(plans_.begin(), plans_.end(), [&](const SheetPlan& one) { return one.sheet == sheet; });
        return found == plans_.end() ? nullptr : &*found;
    }

    void plan_marks() {
        for (const Remark& remark : list_.remarks) {
            const WorkbookSheet* sheet = sheet_of(remark);
            if (sheet == nullptr) {
                continue;
            }
            for (const CellPlace& cell : cells_of(remark)) {
                if (plan_of(sheet) == nullptr) {
                    plans_.emplace_back().sheet = sheet;
                }
                Severity& worst = plan_of(sheet)->marks.try_emplace(cell, remark.severity).first->second;
                worst = std::max(worst, remark.severity);
            }
        }
    }

    void survey(SheetPlan& plan) {
        std::vector<CellPlace> wanted;
        for (const auto& [cell, severity] : plan.marks) {
            wanted.push_back(cell);
        }
        PartReader reader = package_.open(plan.sheet->part);
        plan.survey = survey_sheet(reader, list_.file, plan.sheet->part, wanted);
        for (const auto& [from, to] : plan.survey.moved) {
            const Severity severity = plan.marks.at(from);
            plan.marks.erase(from);
            Severity& worst = plan.marks.try_emplace(to, severity).first->second;
            worst = std::max(worst, severity);
        }
    }

    /// Texts for the first so many cells, the gravest findings first.
    void say_in_comments() {
        std::size_t cells = 0;
        std::map<std::pair<const WorkbookSheet*, CellPlace>, std::size_t> said;
        for (const Remark& remark : list_.remarks) {
            const WorkbookSheet* sheet = sheet_of(remark);
            SheetPlan* plan = sheet == nullptr ? nullptr : plan_of(sheet);
            if (plan == nullptr) {
                continue;
            }
            for (CellPlace cell : cells_of(remark)) {
                if (const auto moved = plan->survey.moved.find(cell); moved != plan->survey.moved.end()) {
                    cell = moved->second;
                }
                if (!plan->texts.contains(cell) && cells == most_comments) {
                    ++without_comment_;
                    continue;
                }
                std::size_t& times = said[{sheet, cell}];
                if (++times > most_said_of_a_cell) {
                    continue;
                }
                cells += plan->texts.contains(cell) ? 0U : 1U;
                std::string& text = plan->texts[cell];
                text += (text.empty() ? "" : "\n\n") + comment_text(remark);
            }
        }
    }

    void plan_comments(SheetPlan& plan) {
        try {
            try_comments(plan);
        } catch (const WorldError& error) {
            colour_only(plan, error.ja());
        } catch (const PatchDoubt& doubt) {
            colour_only(plan, doubt.ja());
        }
    }

    void colour_only(SheetPlan& plan, const std::string& why) {
        plan.texts.clear();
        notes_ += "\nシート「" + printable(plan.sheet->name) +
                  "」には、元からあるコメントや図を守るため、コメントを付けず色だけを付けました（" + why + "）";
    }

    void try_comments(SheetPlan& plan) {
        const std::string rels_part = rels_of(plan.sheet->part);
        const std::string rels = part_text(rels_part);
        std::string old_comments;
        std::string old_drawing;
        for (const Relationship& one : package_.relationships(plan.sheet->part)) {
            if (one.external) {
                continue;
            }
            if (one.type == "comments") {
                old_comments = one.target;
            } else if (one.type == "vmlDrawing" && plan.survey.has_legacy_drawing &&
                       one.id == plan.survey.legacy_drawing) {
                old_drawing = one.target;
            }
        }
        if (plan.survey.has_legacy_drawing != !old_drawing.empty() || (!old_comments.empty() && old_drawing.empty()) ||
            (!old_drawing.empty() && !package_.has(old_drawing)) ||
            (!old_comments.empty() && !package_.has(old_comments))) {
            throw PatchDoubt("コメントの部品がそろっていません", "the parts of the comments do not fit together");
        }
        const std::string comments = old_comments.empty() ? std::string() : part_text(old_comments);
        const std::string drawing = old_drawing.empty() ? std::string() : part_text(old_drawing);
        CellTexts texts = plan.texts;
        if (!comments.empty()) {
            for (const auto& [cell, thread] : commented_cells(comments)) {
                if (thread) {
                    texts.erase(cell);
                }
            }
        }
        if (texts.empty()) {
            return;
        }
        std::vector<CellPlace> boxes;
        std::string said = with_comments(comments, texts, boxes);
        std::string drawn = with_boxes(drawing, boxes, texts, plan.survey);

        // Nothing can fail from here on: the parts of a sheet change together or not at all.
        std::vector<NewRelation> relations;
        const auto relate = [&](const char* type, const std::string& part) {
            relations.push_back({free_relation_id(rels, relations), type, "/" + part});
            return relations.back().id;
        };
        const std::string folder = folder_of(workbook_.part);
        if (old_comments.empty()) {
            old_comments = free_name(folder + "comments", ".xml");
            new_parts_.push_back({old_comments, std::string(spreadsheetml) + "comments+xml"});
            relate("comments", old_comments);
        }
        if (old_drawing.empty()) {
            old_drawing = free_name(folder + "drawings/vmlDrawing", ".vml");
            needs_vml_ = true;
            plan.legacy_id = relate("vmlDrawing", old_drawing);
        }
        change(old_comments, std::move(said));
        if (!boxes.empty()) {
            change(old_drawing, std::move(drawn));
        }
        if (!relations.empty()) {
            change(rels_part, with_relations(rels, relations));
        }
    }

    void plan_list() {
        std::string name(list_sheet_name);
        for (int number = 2; has_sheet(workbook_xml_, name); ++number) {
            name = fmt::format("{} ({})", list_sheet_name, number);
        }
        const std::string folder = folder_of(workbook_.part);
        list_part_ = free_name(folder + "worksheets/sheet", ".xml");
        new_parts_.push_back({list_part_, std::string(spreadsheetml) + "worksheet+xml"});
        std::vector<NewRelation> relations{{free_relation_id(workbook_rels_), "worksheet", "/" + list_part_}};
        if (workbook_.styles_part.empty()) {
            new_styles_part_ =
                package_.has(folder + "styles.xml") ? free_name(folder + "styles", ".xml") : folder + "styles.xml";
            new_parts_.push_back({new_styles_part_, std::string(spreadsheetml) + "styles+xml"});
            relations.push_back({free_relation_id(workbook_rels_, relations), "styles", "/" + new_styles_part_});
        }
        change(workbook_.part, with_first_sheet(workbook_xml_, name, relations.front().id));
        change(rels_of(workbook_.part), with_relations(workbook_rels_, relations));
        told_ = list_;
        if (without_comment_ > 0) {
            notes_ += fmt::format("\nコメントは {} 個のセルまで付けました。ほかの {} 件は色とこの一覧だけです。",
                                  most_comments, without_comment_);
        }
        if (!notes_.empty()) {
            told_.note += (told_.note.empty() ? "" : "\n") + notes_.substr(1);
        }
    }

    void write_sheet(const SheetPlan& plan, const std::string& name, ZipWriter& zip) {
        constexpr std::size_t block_bytes = 1U << 20U;
        std::string block;
        PartReader reader = package_.open(plan.sheet->part);
        zip.begin(name);
        patch_sheet(reader, plan.marks, plan.survey, plan.legacy_id, styles_, [&](std::string_view bytes) {
            block += bytes;
            if (block.size() >= block_bytes) {
                zip.block(block);
                block.clear();
            }
        });
        zip.block(block);
        zip.end();
    }

    [[nodiscard]] std::string link_of(const Remark& remark) const {
        const WorkbookSheet* sheet = sheet_of(remark);
        if (sheet == nullptr || sheet->hidden) {
            return {};
        }
        CellPlace cell{std::max(remark.row, 1U), 1};
        if (!remark.cells.empty()) {
            cell = remark.cells.front();
        }
        return quoted_sheet_name(sheet->name) + "!" + cell_name(cell);
    }

    static std::string folder_of(const std::string& part) {
        const std::size_t slash = part.rfind('/');
        return slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
    }

    std::string free_name(const std::string& stem, const std::string& ending) {
        for (int number = 1;; ++number) {
            std::string name = stem + std::to_string(number) + ending;
            if (!package_.has(name) && taken_.insert(lowered(name)).second) {
                return name;
            }
        }
    }

    void change(const std::string& part, std::string text) { changed_[lowered(part)] = {part, std::move(text)}; }

    fs::path path_;
    const RemarkList& list_;
    XlsxPackage package_;
    std::string types_;
    WorkbookIndex workbook_;
    std::string workbook_xml_, workbook_rels_;
    StyleBook styles_;
    std::vector<SheetPlan> plans_;
    std::vector<NewPart> new_parts_;
    std::map<std::string, std::pair<std::string, std::string>> changed_;  // by name without case: name, text
    std::set<std::string> taken_;
    std::string list_part_, new_styles_part_, notes_;
    RemarkList told_;
    std::uint64_t without_comment_ = 0;
    bool needs_vml_ = false;
};

}  // namespace

std::string write_annotated(const fs::path& source, const RemarkList& list, const fs::path& folder,
                            const std::string& stem) {
    Annotator annotator(source, list);
    std::string name = stem + annotator.extension();
    annotator.write(folder / name);
    return name;
}

}  // namespace kokai
