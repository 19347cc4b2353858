// SPDX-License-Identifier: Apache-2.0
// libxlsxwriter, wrapped once: a workbook that people look at. It is freed whatever happens, its properties hold no
// clock, and what goes wrong names the file.
#pragma once

#include <xlsxwriter.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kokai {

struct WorkbookProperties {
    std::string title, author, comments;
    std::string modified;  // ISO date; without one the file says 1980-01-01, as its ZIP entries do
};

class Workbook {
public:
    /// Nothing is written before finish(). `shown` is how messages name the file.
    Workbook(const std::filesystem::path& path, std::string shown, const WorkbookProperties& properties);

    lxw_worksheet* add_sheet(const std::string& name);
    lxw_format* add_format();
    /// Throws WorldError for a call of the library that failed.
    void expect(lxw_error error) const;
    /// Writes the file. The workbook is gone afterwards.
    void finish();

private:
    struct Deleter {
        void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
    };

    std::string shown_;
    std::unique_ptr<lxw_workbook, Deleter> book_;
};

}  // namespace kokai
