#include <float.h>
#include <math.h>

_Static_assert(LDBL_MANT_DIG >= 64, "long double has at least 11 bits more than double");

static long double value(int function, long double x, long double y) {
    switch (function) {
        case 0: return expl(x);
        case 1: return expm1l(x);
        case 2: return logl(x);
        case 3: return log1pl(x);
        case 4: return sqrtl(x);
        case 5: return cbrtl(x);
        case 6: return sinl(x);
        case 7: return cosl(x);
        case 8: return tanl(x);
        case 9: return asinl(x);
        case 10: return acosl(x);
        case 11: return atanl(x);
        case 12: return sinhl(x);
        case 13: return coshl(x);
        case 14: return tanhl(x);
        case 15: return erfl(x);
        case 16: return 1 / x;
        case 17: return powl(x, y);
        case 18: return atan2l(x, y);
        default: return NAN;
    }
}

/* How far `got` is from the function's value, in units of the last of `digits` binary digits of that value, which are no smaller than
   2^least; infinite where one is special and the other is not, or zero of the other sign. Beyond the largest number comes infinity, at
   2^most. */
double kernel_ulps(int function, double x, double y, double got, int digits, int least, int most) {
    long double exact = value(function, x, y);
    if (isnan(exact) || isnan(got)) {
        return isnan(exact) && isnan(got) ? 0 : INFINITY;
    }
    if (isinf(exact)) {
        return got == exact ? 0 : INFINITY;
    }
    if (exact == 0) {
        return got == 0 && !signbit(got) == !signbit(exact) ? 0 : INFINITY;
    }
    long double number = isinf(got) ? copysignl(ldexpl(1, most), got) : got;
    if (fabsl(exact) >= ldexpl(1, most)) {
        return isinf(got) && !signbit(got) == !signbit(exact) ? 0 : fabsl(number - exact) / ldexpl(1, most - digits);
    }
    int last = ilogbl(exact) - digits + 1;
    return fabsl(number - exact) / ldexpl(1, last < least ? least : last);
}
