"""What the operator's page says, in Chinese and in English."""

from eval.runs.report_texts import NAMES, name_of
from web.texts import OFFLINE, Text

TITLE = Text("批量与评测", "Batches and evaluation")
CHAT = Text("提问", "Ask")
BATCH = Text("批量提问", "Batch")
EVALUATION = Text("评测", "Evaluation")
TOKEN = Text("管理口令", "Operator's token")
UNLOCK = Text("进入", "Enter")

FILE = Text("问题文件", "File of questions")
FILE_HINT = Text(
    ".xlsx、.csv、.tsv 需有名为“问题”的一列（“编号”“答案”“类型”“专家”等列可有可无）；.jsonl 每行一个对象。",
    '.xlsx, .csv and .tsv need a column "question" ("id", "answer", "type", "expert" and others are optional); '
    ".jsonl has an object a line.",
)
START = Text("开始", "Start")
STOP = Text("停止", "Stop")
RESUME = Text("继续", "Go on")
SHOW = Text("显示", "Show")
MORE = Text("显示更多", "Show more")
EVALUATION_HINT = Text(
    "选一次运行，看它的曲线；选两次，比较二者（先选的为基准）。",
    "Choose one run to see its curves, or two to compare them (the first chosen is the one to compare with).",
)
COMPARISON = Text("比较", "Comparison")

ROW_HEAD = (
    Text("编号", "Id"),
    Text("问题", "Question"),
    Text("答案", "Answer"),
    Text("出处", "Source"),
    Text("把握", "Confidence"),
    Text("评判", "Judged"),
)
RUN_HEAD = (
    Text("选择", "Choose"),
    Text("文件", "File"),
    Text("时间", "Time"),
    Text("进度", "Progress"),
    Text("指标", "Figures"),
    Text("下载", "Download"),
)
DIFFERENCE_HEAD = (
    Text("指标", "Measure"),
    Text("之前", "Before"),
    Text("之后", "After"),
    Text("变化", "Change"),
    Text("95% 区间", "95 % interval"),
    Text("p 值", "p-value"),
    Text("题数", "Questions"),
)

# What the script says by itself.
SCRIPT = {
    "waiting": Text("排队中", "waiting"),
    "running": Text("正在提问", "asking"),
    "stopped": Text("已停止", "stopped"),
    "done": Text("已完成", "done"),
    "failed": Text("出错了", "failed"),
    "left": Text("约剩 {time}", "about {time} left"),
    "line": Text("第 {line} 行", "line {line}"),
    "none": Text("文章没有回答", "The article does not answer"),
    "right": Text("答对", "right"),
    "all": Text("全部", "all"),
    "wrong": Text("未答对的", "what failed"),
    "abstained": Text("没有回答的", "what was not answered"),
    "error": Text("无法提问", "could not be asked"),
    "quote not exact": Text("引文与原文不符", "quote not exact"),
    "wrong passage": Text("段落找错", "wrong passage"),
    "wrong sentence": Text("句子找错", "wrong sentence"),
    "incomplete list": Text("列举不全", "incomplete list"),
    "wrong span": Text("字词标错", "wrong span"),
    "should have abstained": Text("不该回答而回答", "should have abstained"),
    "should not have abstained": Text("该回答而未答", "should not have abstained"),
    "no runs": Text("还没有运行。", "There are no runs yet."),
    "open": Text("查看", "Open"),
    "choose": Text("选择 {name}", "Choose {name}"),
    "notice": Text("列的读法：{notice}", "Columns: {notice}"),
    "left out": Text(
        "只比较两次都有的题：另有 {before} 题只在前者，{after} 题只在后者",
        "only questions of both are compared: {before} more are only in the first, {after} only in the second",
    ),
    "changed": Text("设置有变：", "Settings changed:"),
    "change": Text("{name}：{before} → {after}", "{name}: {before} → {after}"),
    "nothing": Text("无", "none"),
    "first": Text("{name}（{count} 题，列出前 {shown} 题）", "{name} ({count}; the first {shown} are listed)"),
    "every": Text("{name}（{count} 题）", "{name} ({count})"),
    "won": Text("由错变对", "Now right"),
    "lost": Text("由对变错", "Now wrong"),
    "wrong token": Text("口令不对，请再输入一次。", "The token is wrong; please enter it once more."),
    "operator_only": Text(
        "只有这台服务器本机能打开；要让别处也能打开，请设置 --admin-token。",
        "Only this server's own machine may open this; to open it to others, set --admin-token.",
    ),
    "bad_input": Text("没能照办：{message}", "That did not work: {message}"),
    "body_too_long": Text("文件太大，请分成几份。", "The file is too large; please split it."),
    "offline": OFFLINE,
    # What measures, figures and settings are called, as in the report.
    **{f"name {name}": Text(name_of(name, "zh"), name_of(name, "en")) for name in NAMES},
}
