/* What a picture of film costs beyond decoding, compiled.
 *
 * The same as vigtui/film/picture/fitting.py, vigtui/film/terminal/grid.py and setters.py, which say what is
 * done and why. Here is only how. Both make the same choices; what differs is the rounding of 32-bit sums, which
 * numpy adds in another order. Only the pen chooses in a better way than pen.py, which numpy is too slow for.
 *
 * Whoever calls owns all arrays and has checked their sizes. Colours are three floats, red, green and blue,
 * 0-255, or a number 0xRRGGBB.
 */

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define FACE __attribute__((visibility("default")))

#ifndef KERNEL_SOURCE
#define KERNEL_SOURCE "unknown"
#endif

enum { SPACE = ' ', FULL = 0x2588, MOST_DOTS = 8, MOST_SPLITS = 1 << (MOST_DOTS - 1) };

/* Which kernel.c this was built of. */
FACE const char *kernel_source(void) { return KERNEL_SOURCE; }

/* Fitting: picture/cells.py, picture/fitting.py */

/* A picture of 2 * rows lines of `columns` pixels of three bytes, two pixels to a cell. */
FACE void half_blocks(const uint8_t *picture, int32_t rows, int32_t columns, uint32_t upper_half,
                      uint32_t *glyphs, uint32_t *foreground, uint32_t *background)
{
    size_t line = (size_t)columns * 3;
    for (int32_t row = 0; row < rows; row++) {
        const uint8_t *upper = picture + 2 * (size_t)row * line, *lower = upper + line;
        for (int32_t column = 0; column < columns; column++, upper += 3, lower += 3) {
            *foreground = (uint32_t)upper[0] << 16 | (uint32_t)upper[1] << 8 | upper[2];
            *background = (uint32_t)lower[0] << 16 | (uint32_t)lower[1] << 8 | lower[2];
            *glyphs++ = *foreground++ == *background++ ? SPACE : upper_half;
        }
    }
}

typedef struct {
    float red[MOST_SPLITS], green[MOST_SPLITS], blue[MOST_SPLITS];
} Sums;

/* The sums of the dots of each split's background; `dots` are without the first, which is foreground. */
static void add_up(Sums *sums, const float dots[][3], int count)
{
    sums->red[0] = sums->green[0] = sums->blue[0] = 0;
    for (int dot = 0; dot < count; dot++) {
        int half = 1 << dot;
        for (int split = 0; split < half; split++) {
            sums->red[half + split] = sums->red[split] + dots[dot][0];
            sums->green[half + split] = sums->green[split] + dots[dot][1];
            sums->blue[half + split] = sums->blue[split] + dots[dot][2];
        }
    }
}

static uint32_t packed(float red, float green, float blue)
{
    return (uint32_t)(red + 0.5f) << 16 | (uint32_t)(green + 0.5f) << 8 | (uint32_t)(blue + 0.5f);
}

/* `picture` has rows * down lines of columns * across pixels of three bytes; `glyphs_of` a glyph for each
 * pattern of across * down dots. `before` may be NULL. `flat` and `slack` are sums of squares of a cell. */
FACE void fit_blocks(const uint8_t *picture, int32_t rows, int32_t columns, int32_t across, int32_t down,
                     const uint32_t *glyphs_of, const int32_t *before, float flat, float slack,
                     uint32_t *glyphs, uint32_t *foreground, uint32_t *background, int32_t *patterns)
{
    int dots = across * down, splits = 1 << (dots - 1);
    float members[MOST_SPLITS], weights[MOST_SPLITS], explained[MOST_SPLITS];
    size_t line = (size_t)columns * (size_t)across * 3;
    Sums sums;

    if (dots < 2 || dots > MOST_DOTS)
        return;
    members[0] = weights[0] = 0;
    for (int split = 1; split < splits; split++) {
        int size = 0;
        for (int dot = 0; dot < dots - 1; dot++)
            size += split >> dot & 1;
        members[split] = (float)size;
        weights[split] = 1.0f / (float)(dots * size * (dots - size));
    }
    for (int32_t row = 0; row < rows; row++) {
        for (int32_t column = 0; column < columns; column++) {
            size_t cell = (size_t)row * (size_t)columns + (size_t)column;
            const uint8_t *corner =
                picture + (size_t)row * (size_t)down * line + (size_t)column * (size_t)across * 3;
            float values[MOST_DOTS][3], total[3] = {0, 0, 0};
            for (int dot = 0; dot < dots; dot++) {
                const uint8_t *pixel = corner + (size_t)(dot / across) * line + (size_t)(dot % across) * 3;
                for (int channel = 0; channel < 3; channel++) {
                    values[dot][channel] = pixel[channel];
                    total[channel] += pixel[channel];
                }
            }
            add_up(&sums, (const float (*)[3])(values + 1), dots - 1);
            for (int split = 0; split < splits; split++) {
                float red = (float)dots * sums.red[split] - members[split] * total[0];
                float green = (float)dots * sums.green[split] - members[split] * total[1];
                float blue = (float)dots * sums.blue[split] - members[split] * total[2];
                explained[split] = (red * red + green * green + blue * blue) * weights[split];
            }
            int best = 0;
            for (int split = 1; split < splits; split++)
                if (explained[split] > explained[best])
                    best = split;
            float most = explained[best];
            if (most < flat)
                best = 0;
            if (before && before[cell] >= 0 && before[cell] < splits && most - explained[before[cell]] < slack)
                best = before[cell];
            float behind = best ? members[best] : 1, front = (float)dots - members[best];
            foreground[cell] = packed((total[0] - sums.red[best]) / front, (total[1] - sums.green[best]) / front,
                                      (total[2] - sums.blue[best]) / front);
            background[cell] = best ? packed(sums.red[best] / behind, sums.green[best] / behind,
                                             sums.blue[best] / behind)
                                    : foreground[cell];
            glyphs[cell] = best ? glyphs_of[(1 << dots) - 1 - 2 * best] : SPACE;
            patterns[cell] = best;
        }
    }
}

/* What is wanted and what is shown: terminal/grid.py */

typedef struct {
    float red, green, blue;
} Colour;

/* The arrays of a grid of cells; kernel/calls.py has the same. */
typedef struct {
    Colour *fore, *back, *shown_fore, *shown_back;
    float *share, *error, *activity;
    uint32_t *ink, *shown_ink;
    int32_t cells;
} Grid;

enum { DOTS = 24, ALL_DOTS = (1 << DOTS) - 1 };
static const float NEWS = 0.3f;

static float apart(Colour some, Colour other)
{
    float red = some.red - other.red, green = some.green - other.green, blue = some.blue - other.blue;
    return red * red + green * green + blue * blue;
}

static int dots_in(uint32_t ink)
{
    int dots = 0;
    for (; ink; ink &= ink - 1)
        dots++;
    return dots;
}

/* How far a cell is from what it shall show. */
static float error_of(const Grid *grid, int32_t cell)
{
    Colour fore = grid->fore[cell], back = grid->back[cell];
    Colour shown_fore = grid->shown_fore[cell], shown_back = grid->shown_back[cell];
    uint32_t ink = grid->ink[cell], shown = grid->shown_ink[cell];
    float share = grid->share[cell];
    if (ink == shown)
        return share * apart(fore, shown_fore) + (1 - share) * apart(back, shown_back);
    return (float)((dots_in(ink & shown) * (double)apart(fore, shown_fore) +
                    dots_in(ink & ~shown) * (double)apart(fore, shown_back) +
                    dots_in(~ink & shown) * (double)apart(back, shown_fore) +
                    dots_in(~(ink | shown) & ALL_DOTS) * (double)apart(back, shown_back)) /
                   DOTS);
}

static Colour colour_of(uint32_t packed)
{
    return (Colour){(float)(packed >> 16 & 255), (float)(packed >> 8 & 255), (float)(packed & 255)};
}

/* Want these cells. `covers` and `shares` say of each of so many glyphs what it covers. */
FACE void offer_cells(const Grid *grid, const uint32_t *glyph, const uint32_t *foreground,
                      const uint32_t *background, const uint32_t *covers, const float *shares, uint32_t glyphs)
{
    for (int32_t cell = 0; cell < grid->cells; cell++) {
        Colour fore = colour_of(foreground[cell]), back = colour_of(background[cell]);
        uint32_t known = glyph[cell] < glyphs ? glyph[cell] : SPACE;
        float share = shares[known];
        float moved = share * apart(fore, grid->fore[cell]) + (1 - share) * apart(back, grid->back[cell]);
        grid->fore[cell] = fore;
        grid->back[cell] = back;
        grid->share[cell] = share;
        grid->ink[cell] = covers[known];
        grid->error[cell] = error_of(grid, cell);
        grid->activity[cell] += NEWS * (moved - grid->activity[cell]);
    }
}

/* The terminal shows `count` of the cells in these colours now. */
FACE void show_cells(const Grid *grid, int32_t count, const int32_t *cells, const Colour *fore, const Colour *back)
{
    for (int32_t place = 0; place < count; place++) {
        int32_t cell = cells[place];
        if (cell < 0 || cell >= grid->cells)
            continue;
        grid->shown_fore[cell] = fore[place];
        grid->shown_back[cell] = back[place];
        grid->shown_ink[cell] = grid->ink[cell];
        grid->error[cell] = error_of(grid, cell);
    }
}

/* What sets a colour: terminal/setters.py. A name is 0xRRGGBB, or what it is a number of and that number. */

enum { OF_256 = 1 << 24, OF_16 = 2 << 24, NO_COLOUR = 3 << 24, FIRST_SURE = 22, FIRST_GREY = 232 };
static const float SHORTER = 7;

/* The nearest level of the cube of the 256 colours, 0-5. */
static int step(int value) { return value < 48 ? 0 : value < 116 ? 1 : (value - 36) / 40; }

/* The nearest of the 256 colours, without the first 16, to one of whole numbers. */
static int nearest(Colour own, Colour *near)
{
    static const float levels[6] = {0, 95, 135, 175, 215, 255};
    int red = step((int)own.red & 255), green = step((int)own.green & 255), blue = step((int)own.blue & 255);
    float level = rintf((own.red + own.green + own.blue - 24) / 30);
    level = level < 0 ? 0 : level > 23 ? 23 : level;
    Colour grey = {8 + 10 * level, 8 + 10 * level, 8 + 10 * level};
    *near = (Colour){levels[red], levels[green], levels[blue]};
    if (apart(own, grey) >= apart(own, *near))
        return 16 + 36 * red + 6 * green + blue;
    *near = grey;
    return FIRST_GREY + (int)level;
}

/* Name the colours of runs, whole numbers of 0 to 255, where a terminal has all colours; one of the 256 is
 * taken instead where its error is worth less than the bytes it saves. */
FACE void name_colours(int32_t count, float *colours, const float *sizes, float price, int32_t *names)
{
    for (int32_t run = 0; run < count; run++) {
        float *colour = colours + 3 * (size_t)run;
        Colour own = {colour[0], colour[1], colour[2]}, near;
        int number = nearest(own, &near);
        names[run] = ((int)colour[0] & 255) << 16 | ((int)colour[1] & 255) << 8 | ((int)colour[2] & 255);
        if (sizes[run] * apart(near, own) < SHORTER * price && number >= FIRST_SURE) {
            names[run] = OF_256 | number;
            colour[0] = near.red;
            colour[1] = near.green;
            colour[2] = near.blue;
        }
    }
}

/* The pen: terminal/pen.py says what is decided. numpy decides it in rounds, for all cells at once; here it is
 * decided cell by cell, which takes an eighth of the bytes less for the same picture. tests/unit/film/walking.py
 * has the same in Python.
 *
 * A walk is one way to draw the cells so far: which of them, and in which runs of colours. It costs the error
 * that it leaves and the price of its bytes. Each cell is left out, or drawn in the colours that are set or in
 * new ones, behind each walk; of what comes out the best few go on. A run has the mean of what its cells want:
 * to join it costs what that adds to the error of them all. */

enum { WALKS = 4, SPACE_BYTES = 1, GLYPH_BYTES = 3, ESCAPE_BYTES = 3, ROW_BYTES = 8, WORTH_KEEPING = 30 };
enum { DRAWN = 1, TURNED = 2, NO_FRONT = 4, NO_BEHIND = 8 };
static const float LEAST_PRICE = 1e-4f, UNSET = 1e12f;

/* A colour that is set; `size` is what its dots are of a cell in all, `run` -1 before any is set. */
typedef struct {
    Colour colour;
    float size;
    int32_t run;
} Pen;

/* `last` is the cell that was drawn last, -1 before any; `before` the walk it comes from, `how` its step. */
typedef struct {
    float cost;
    Pen front, behind;
    int32_t last;
    uint8_t before, how;
} Walk;

typedef struct {
    Walk best[WALKS]; /* the cheapest first */
    int count;
} Walks;

/* What is remembered of each walk at each cell. */
typedef struct {
    int32_t front, behind;
    uint8_t before, how;
} Step;

static int digits(float value) { return value < 10 ? 1 : value < 100 ? 2 : 3; }

/* What setting a colour costs; `bytes` where that does not depend on the colour, else -1. */
static float setting(Colour colour, float size, float price, int32_t bytes)
{
    Colour near, own = {rintf(colour.red), rintf(colour.green), rintf(colour.blue)};
    if (bytes >= 0)
        return (float)bytes * price;
    int number = nearest(own, &near);
    float whole = (float)(7 + digits(own.red) + digits(own.green) + digits(own.blue)) * price;
    float brief = (float)(5 + digits((float)number)) * price + size * apart(near, own);
    return number >= FIRST_SURE && brief < whole ? brief : whole;
}

static float joining(const Pen *pen, Colour colour, float size)
{
    return pen->run < 0 ? UNSET : apart(colour, pen->colour) * (pen->size * (size / (pen->size + size)));
}

static Pen joined(const Pen *pen, Colour colour, float size)
{
    float share = size / (pen->size + size);
    Colour mean = {pen->colour.red + (colour.red - pen->colour.red) * share,
                   pen->colour.green + (colour.green - pen->colour.green) * share,
                   pen->colour.blue + (colour.blue - pen->colour.blue) * share};
    return (Pen){mean, pen->size + size, pen->run};
}

/* Let a walk go on, unless there are enough that cost less, or one in the same runs does. */
static void go_on(Walks *walks, const Walk *walk)
{
    Walk *best = walks->best;
    int place = walks->count;
    for (int each = 0; each < walks->count; each++)
        if (best[each].front.run == walk->front.run && best[each].behind.run == walk->behind.run) {
            if (walk->cost >= best[each].cost)
                return;
            place = each;
            break;
        }
    if (place == walks->count) {
        if (place == WALKS)
            place--;
        else
            walks->count++;
    }
    for (; place && best[place - 1].cost > walk->cost; place--)
        best[place] = best[place - 1];
    best[place] = *walk;
}

/* Whether a walk of this cost may be among the best. */
static int may_go_on(const Walks *walks, float cost)
{
    return walks->count < WALKS || cost < walks->best[WALKS - 1].cost;
}

typedef struct {
    Colour fore, back, mean;
    float share, rest, all; /* how much an error in front counts, behind, and in both */
    float flat;             /* the error of one colour for all of it */
    float setting_fore, setting_back, setting_mean;
    int32_t number;
} Cell;

static Cell cell_of(int32_t number, Colour fore, Colour back, float share, float lasting, float price,
                    int32_t setting_bytes)
{
    float rest = 1 - share;
    Colour mean = {fore.red * share + back.red * rest, fore.green * share + back.green * rest,
                   fore.blue * share + back.blue * rest};
    return (Cell){.number = number,
                  .fore = fore,
                  .back = back,
                  .mean = mean,
                  .share = share * lasting,
                  .rest = rest * lasting,
                  .all = lasting,
                  .flat = share * rest * lasting * apart(fore, back),
                  .setting_fore = setting(fore, share * lasting, price, setting_bytes),
                  .setting_back = setting(back, rest * lasting, price, setting_bytes),
                  .setting_mean = setting(mean, lasting, price, setting_bytes)};
}

/* Draw a cell in two colours, as it is or turned, behind a walk that came to it at this cost. */
static void draw_two(Walks *walks, const Walk *walk, const Cell *cell, float cost, float price, int turned)
{
    Colour fore = turned ? cell->back : cell->fore, back = turned ? cell->fore : cell->back;
    float share = turned ? cell->rest : cell->share, rest = turned ? cell->share : cell->rest;
    float set_front = turned ? cell->setting_back : cell->setting_fore;
    float set_behind = turned ? cell->setting_fore : cell->setting_back;
    float join_front = joining(&walk->front, fore, share), join_behind = joining(&walk->behind, back, rest);
    Pen new_front = {fore, share, 2 * cell->number}, new_behind = {back, rest, 2 * cell->number + 1};
    float glyph = cost + GLYPH_BYTES * price, escape = glyph + ESCAPE_BYTES * price;
    float costs[4] = {glyph + join_front + join_behind, escape + set_front + join_behind,
                      escape + join_front + set_behind, escape + price + set_front + set_behind};
    for (int each = 0; each < 4; each++)
        if (may_go_on(walks, costs[each])) {
            Walk next = *walk;
            next.cost = costs[each];
            next.front = each & 1 ? new_front : joined(&walk->front, fore, share);
            next.behind = each & 2 ? new_behind : joined(&walk->behind, back, rest);
            next.how = turned ? DRAWN | TURNED : DRAWN;
            go_on(walks, &next);
        }
}

/* Draw a cell in one colour: as a space in one that is set or anew, or as a full block. */
static void draw_one(Walks *walks, const Walk *walk, const Cell *cell, float cost, float price, int full)
{
    Walk next = *walk;
    cost += cell->flat;
    next.cost = cost + joining(&walk->behind, cell->mean, cell->all) + SPACE_BYTES * price;
    next.how = DRAWN | NO_FRONT;
    if (may_go_on(walks, next.cost)) {
        next.behind = joined(&walk->behind, cell->mean, cell->all);
        go_on(walks, &next);
    }
    next.cost = cost + cell->setting_mean + (SPACE_BYTES + ESCAPE_BYTES) * price;
    if (may_go_on(walks, next.cost)) {
        next.behind = (Pen){cell->mean, cell->all, 2 * cell->number + 1};
        go_on(walks, &next);
    }
    next.cost = cost + joining(&walk->front, cell->mean, cell->all) + GLYPH_BYTES * price;
    if (full && may_go_on(walks, next.cost)) {
        next.how = DRAWN | NO_BEHIND;
        next.behind = walk->behind;
        next.front = joined(&walk->front, cell->mean, cell->all);
        go_on(walks, &next);
    }
}

/* What going from the cell drawn last to this one costs. */
static float going(const int32_t *row, const int32_t *column, int32_t last, int32_t number, float price)
{
    if (last < 0 || row[last] != row[number])
        return ROW_BYTES * price;
    int32_t right = column[number] - column[last];
    return (float)(right == 1 ? 0 : right == 2 ? 3 : right <= 10 ? 4 : 5) * price;
}

/* Let all walks go on by one cell, which costs `worth` to be left out, where it may be. */
static void walk_on(Walks *walks, const Cell *cell, float worth, int due, const int32_t *row, const int32_t *column,
                    float price, uint32_t complement, int full)
{
    Walks next = {.count = 0};
    for (int each = 0; each < walks->count; each++) {
        Walk walk = walks->best[each];
        float cost = walk.cost + going(row, column, walk.last, cell->number, price);
        walk.before = (uint8_t)each;
        walk.how = 0;
        walk.cost += worth;
        if (!due && may_go_on(&next, walk.cost))
            go_on(&next, &walk);
        walk.last = cell->number;
        if (!may_go_on(&next, cost))
            continue;
        draw_one(&next, &walk, cell, cost, price, full);
        if (cell->share > 0 && cell->rest > 0) {
            draw_two(&next, &walk, cell, cost, price, 0);
            if (complement)
                draw_two(&next, &walk, cell, cost, price, 1);
        }
    }
    float least = next.best[0].cost;
    while (next.best[next.count - 1].cost > least + WORTH_KEEPING * price)
        next.count--;
    for (int each = 0; each < next.count; each++)
        next.best[each].cost -= least;
    *walks = next;
}

/* The number of a walk's run among those that are drawn; a new one begins where it is -1. */
static int32_t in_run(int32_t *numbers, int32_t run, Pen *runs, int32_t *count, Colour colour, float size)
{
    if (numbers[run] < 0) {
        numbers[run] = (*count)++;
        runs[numbers[run]] = (Pen){colour, size, run};
    } else
        runs[numbers[run]] = joined(&runs[numbers[run]], colour, size);
    return numbers[run];
}

/* Choose which of `count` cells are drawn, and in which runs of colours; return how many, -1 without memory.
 *
 * `setting_bytes` is what setting a colour takes, -1 where the terminal has all of them. Of each cell that is
 * kept: its number, its glyph as it is drawn, whether it is turned, and its runs, -1 for none. Of each run its
 * colour and size; `in_all` says how many there are. The arrays have room for `count` cells and 2 * count
 * runs. */
FACE int32_t choose_cells(int32_t count, const int32_t *row, const int32_t *column, const uint32_t *glyph,
                          const float *fore, const float *back, const float *share, const float *lasting,
                          const float *worth, const uint8_t *due, const uint32_t *complements, uint32_t glyphs, float price,
                          int32_t setting_bytes, int32_t *kept, uint32_t *drawn_glyph, uint8_t *turned,
                          int32_t *behind, int32_t *front, float *colours, float *sizes, int32_t *in_all)
{
    size_t room = (size_t)count + 1;
    Cell *cells = malloc(room * sizeof *cells);
    Step *steps = malloc(room * WALKS * sizeof *steps);
    Pen *runs = malloc(2 * room * sizeof *runs);
    int32_t *numbers = malloc(2 * room * sizeof *numbers);
    int32_t left = -1;

    if (cells && steps && runs && numbers) {
        Walks walks = {.best = {{.front.run = -1, .behind.run = -1, .last = -1}}, .count = 1};
        int blocks = 0;
        price = price > LEAST_PRICE ? price : LEAST_PRICE;
        for (int32_t place = 0; place < count; place++)
            blocks |= glyph[place] >= 0x80;
        for (int32_t place = 0; place < count; place++) {
            const float *front_colour = fore + 3 * (size_t)place, *behind_colour = back + 3 * (size_t)place;
            Colour own_fore = {front_colour[0], front_colour[1], front_colour[2]};
            Colour own_back = {behind_colour[0], behind_colour[1], behind_colour[2]};
            cells[place] = cell_of(place, own_fore, own_back, share[place], lasting[place], price,
                                   setting_bytes);
            uint32_t complement = glyph[place] < glyphs ? complements[glyph[place]] : 0;
            walk_on(&walks, cells + place, worth[place], due[place], row, column, price, complement, blocks);
            for (int each = 0; each < walks.count; each++) {
                const Walk *walk = walks.best + each;
                steps[(size_t)place * WALKS + (size_t)each] =
                    (Step){walk->front.run, walk->behind.run, walk->before, walk->how};
            }
        }
        /* The way back of the cheapest: its step at each cell comes first. */
        for (int32_t place = count - 1, each = 0; place >= 0; place--) {
            Step step = steps[(size_t)place * WALKS + (size_t)each];
            steps[(size_t)place * WALKS] = step;
            each = step.before;
        }
        for (int32_t run = 0; run < 2 * count; run++)
            numbers[run] = -1;
        left = *in_all = 0;
        for (int32_t place = 0; place < count; place++) {
            const Cell *cell = cells + place;
            Step step = steps[(size_t)place * WALKS];
            int turn = step.how & TURNED, no_front = step.how & NO_FRONT, no_behind = step.how & NO_BEHIND;
            float in_front = no_behind ? cell->all : turn ? cell->rest : cell->share;
            float in_back = no_front ? cell->all : turn ? cell->share : cell->rest;
            Colour fore_colour = no_behind ? cell->mean : turn ? cell->back : cell->fore;
            Colour back_colour = no_front ? cell->mean : turn ? cell->fore : cell->back;
            if (!(step.how & DRAWN))
                continue;
            kept[left] = place;
            turned[left] = turn != 0;
            drawn_glyph[left] = no_front ? SPACE : no_behind ? FULL : turn ? complements[glyph[place]] : glyph[place];
            front[left] = no_front ? -1 : in_run(numbers, step.front, runs, in_all, fore_colour, in_front);
            behind[left] =
                no_behind ? -1 : in_run(numbers, step.behind, runs, in_all, back_colour, in_back);
            left++;
        }
        for (int32_t run = 0; run < *in_all; run++) {
            float *colour = colours + 3 * (size_t)run;
            colour[0] = rintf(runs[run].colour.red);
            colour[1] = rintf(runs[run].colour.green);
            colour[2] = rintf(runs[run].colour.blue);
            sizes[run] = runs[run].size;
        }
    }
    free(cells);
    free(steps);
    free(runs);
    free(numbers);
    return left;
}

/* The most bytes that a cell takes: a move, two colours, a glyph. */
enum { MOST_IN_A_CELL = 80 };

static char *put(char *to, const char *words)
{
    while (*words)
        *to++ = *words++;
    return to;
}

static char *put_number(char *to, int32_t number)
{
    char digits[12];
    int count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (count)
        *to++ = digits[--count];
    return to;
}

static char *put_glyph(char *to, uint32_t glyph)
{
    if (glyph < 0x80) {
        *to++ = (char)glyph;
        return to;
    }
    if (glyph < 0x800)
        *to++ = (char)(0xC0 | glyph >> 6);
    else {
        if (glyph < 0x10000)
            *to++ = (char)(0xE0 | glyph >> 12);
        else {
            *to++ = (char)(0xF0 | (glyph >> 18 & 7));
            *to++ = (char)(0x80 | (glyph >> 12 & 63));
        }
        *to++ = (char)(0x80 | (glyph >> 6 & 63));
    }
    *to++ = (char)(0x80 | (glyph & 63));
    return to;
}

/* `base` is 30 for the colour in front, 40 for the one behind. */
static char *put_colour(char *to, int32_t name, int base)
{
    int number = name & 0xFFFFFF;
    if (name & OF_16)
        return put_number(to, base + (number < 8 ? number : 52 + number));
    to = put_number(to, base + 8);
    if (name & OF_256)
        return put_number(put(to, ";5;"), number);
    to = put_number(put(to, ";2;"), number >> 16);
    to = put_number(put(to, ";"), number >> 8 & 255);
    return put_number(put(to, ";"), number & 255);
}

static char *put_right(char *to, int32_t cells)
{
    if (cells > 0)
        to = put(to, "\x1b[");
    if (cells > 1)
        to = put_number(to, cells);
    return cells > 0 ? put(to, "C") : to;
}

/* Write the escapes and glyphs of `count` cells; return how many bytes, -1 where there is no room for them.
 *
 * `top` and `left` are where the grid is on the screen, `at_row` and `at_column` where the cursor is in it;
 * (-1, -1) where that is not known. */
FACE int32_t write_cells(int32_t count, const int32_t *row, const int32_t *column, const uint32_t *glyph,
                         const int32_t *behind, const int32_t *front, const int32_t *names, int32_t top,
                         int32_t left, int32_t at_row, int32_t at_column, char *text, int32_t room)
{
    char *to = text;
    int32_t run_behind = -1, run_front = -1;
    if (room / MOST_IN_A_CELL <= count)
        return -1;
    for (int32_t place = 0; place < count; place++) {
        if (row[place] != at_row) {
            to = put_number(put(to, "\x1b["), top + row[place] + 1);
            to = put(put_number(put(to, ";"), left + column[place] + 1), "H");
        } else
            to = put_right(to, column[place] - at_column);
        at_row = row[place];
        at_column = column[place] + 1;
        int new_front = front[place] >= 0 && front[place] != run_front && names[front[place]] < NO_COLOUR;
        int new_behind = behind[place] >= 0 && behind[place] != run_behind && names[behind[place]] < NO_COLOUR;
        if (new_front || new_behind) {
            to = put(to, "\x1b[");
            if (new_front)
                to = put_colour(to, names[run_front = front[place]], 30);
            if (new_front && new_behind)
                to = put(to, ";");
            if (new_behind)
                to = put_colour(to, names[run_behind = behind[place]], 40);
            to = put(to, "m");
        }
        to = put_glyph(to, glyph[place]);
    }
    return (int32_t)(put(to, "\x1b[m") - text);
}

/* A picture of a film that plays, all at once: terminal/wire.py says which cells are looked at, and how much an
 * error in each of them counts. */

static const float HEALS_FROM = (float)(1.0 / 3), LASTING = 0.2f, LEAST_LASTING = 0.5f, MOST_LASTING = 2;
static const double STEADY = 10;

/* Room for all cells on the way, and for what comes of it: of each cell that is drawn its number and the two
 * colours that it shows, and the text. kernel/calls.py has the same. */
typedef struct {
    int32_t *number, *row, *column, *kept, *behind, *front, *names;
    uint32_t *glyph, *drawn_glyph;
    uint8_t *due, *turned;
    float *share, *lasting, *worth, *run_colours, *sizes;
    Colour *fore, *back;
    char *text;
    int32_t cells, size;
} Work;

/* Look at the cells that are worth `least` or that are `due`; return how many. */
static int32_t look_at(const Grid *grid, const Work *work, const int32_t *row, const int32_t *column,
                       const uint32_t *glyph, const uint8_t *visible, const uint8_t *due, const int32_t *sent,
                       int32_t now, int32_t older, float healing, double price, float least)
{
    float age = (float)(now - older > 1 ? now - older : 1), steady = (float)(STEADY * price);
    int32_t count = 0;
    for (int32_t cell = 0; cell < grid->cells; cell++) {
        float old = (float)(now - sent[cell]) / age - HEALS_FROM, error = grid->error[cell];
        float healed = (old > 0 ? old : 0) * healing * (float)price;
        if (!due[cell] && !(visible[cell] && error * MOST_LASTING + healed > least))
            continue;
        float lasting = powf(steady / (grid->activity[cell] + 1e-3f), LASTING);
        lasting = lasting < LEAST_LASTING ? LEAST_LASTING : lasting > MOST_LASTING ? MOST_LASTING : lasting;
        float worth = error * lasting + healed;
        if (!due[cell] && !(worth > least))
            continue;
        work->number[count] = cell;
        work->row[count] = row[cell];
        work->column[count] = column[cell];
        work->glyph[count] = glyph[cell];
        work->fore[count] = grid->fore[cell];
        work->back[count] = grid->back[cell];
        work->share[count] = grid->share[cell];
        work->lasting[count] = lasting;
        work->worth[count] = worth;
        work->due[count++] = due[cell];
    }
    return count;
}

/* Draw what is worth it of a grid at a price; return how many cells, -1 without memory. `healing` is how many
 * bytes an age counts, `least` what a cell must be worth to be looked at; `top` and `left` are where the grid is
 * on the screen. */
FACE int32_t draw_playing(const Grid *grid, Work *work, const int32_t *row, const int32_t *column,
                          const uint32_t *glyph, const uint8_t *visible, const uint8_t *due, const int32_t *sent,
                          int32_t now, int32_t older, float healing, double price, float least,
                          const uint32_t *complements, uint32_t glyphs, int32_t top, int32_t left)
{
    int32_t runs = 0;
    int32_t looked_at =
        look_at(grid, work, row, column, glyph, visible, due, sent, now, older, healing, price, least);
    int32_t count = choose_cells(looked_at, work->row, work->column, work->glyph, (const float *)work->fore,
                                 (const float *)work->back, work->share, work->lasting, work->worth, work->due,
                                 complements, glyphs, (float)price, -1, work->kept, work->drawn_glyph, work->turned,
                                 work->behind, work->front, work->run_colours, work->sizes, &runs);
    work->size = 0;
    if (count <= 0)
        return count;
    name_colours(runs, work->run_colours, work->sizes, (float)price, work->names);
    for (int32_t place = 0; place < count; place++) {
        int32_t kept = work->kept[place], behind = work->behind[place], front = work->front[place];
        const float *fore = work->run_colours + 3 * (size_t)(front < 0 ? behind : front);
        const float *back = work->run_colours + 3 * (size_t)(behind < 0 ? front : behind);
        Colour shown_fore = {fore[0], fore[1], fore[2]}, shown_back = {back[0], back[1], back[2]};
        work->number[place] = work->number[kept];
        work->row[place] = work->row[kept];
        work->column[place] = work->column[kept];
        work->fore[place] = work->turned[place] ? shown_back : shown_fore;
        work->back[place] = work->turned[place] ? shown_fore : shown_back;
    }
    work->size = write_cells(count, work->row, work->column, work->drawn_glyph, work->behind, work->front,
                             work->names, top, left, -1, -1, work->text, (work->cells + 2) * MOST_IN_A_CELL);
    return count;
}
