namespace Dibao.Log;

internal static class Placeholder;
